/** What a person sees in a browser: the page at the root and the order-entry page. */
package health.setpoint.sandbox.page;
