package health.setpoint.chart.fhir;

import health.setpoint.chart.reading.Problem;

/** A list inside a resource is longer than any record's: to read a part of it would be to guess, so the call is refused. */
public final class TooMany extends RuntimeException {

    private final String member;

    TooMany(String member) {
        super("too many elements", null, false, false);
        this.member = member;
    }

    public Problem problem() {
        return new Problem(
                "too-long", "A list inside a resource holds at most " + Json.MOST_ELEMENTS + " elements here", member);
    }
}
