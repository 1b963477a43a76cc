/** The SMART app: its pages, what a launch needs to know, and advice with the token of whoever launched it. */
package health.setpoint.app;
