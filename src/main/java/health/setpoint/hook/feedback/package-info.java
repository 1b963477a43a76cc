/** What clinicians did with the cards. */
package health.setpoint.hook.feedback;
