package health.setpoint.titration.facts;

/** The moment in the clinician's work at which the service is asked. */
public enum Hook {
    ORDER_SELECT("order-select"),
    ORDER_SIGN("order-sign"),
    PATIENT_VIEW("patient-view");

    private final String word;

    Hook(String word) {
        this.word = word;
    }

    /** The name of the hook in CDS Hooks. */
    public String word() {
        return word;
    }

    /** An order is being entered, so that suggestions can act on it. */
    public boolean isOrderEntry() {
        return this != PATIENT_VIEW;
    }
}
