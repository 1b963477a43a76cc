/** HTTP as such, for whatever is served over it: the words in which the other packages here speak of a request. Knows no other part of the service. */
package health.setpoint.http;
