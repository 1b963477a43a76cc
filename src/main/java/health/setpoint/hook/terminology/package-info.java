/** What a site's terminology server knows beyond the shipped codes: asked once a day, kept on the disk, never waited for. */
package health.setpoint.hook.terminology;
