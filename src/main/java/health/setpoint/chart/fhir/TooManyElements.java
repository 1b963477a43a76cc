package health.setpoint.chart.fhir;

/** A list inside a resource is longer than any record's: to read a part of it would be to guess, so the call is refused. */
public final class TooManyElements extends RuntimeException {

    private final String member;

    TooManyElements(String member) {
        super("too many elements", null, false, false);
        this.member = member;
    }

    /** The member that holds them. */
    public String member() {
        return member;
    }

    /** Why the call is refused, for an engineer. */
    public String text() {
        return "A list inside a resource holds at most " + FhirJson.MOST_ELEMENTS + " elements here";
    }
}
