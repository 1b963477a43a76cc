package health.setpoint.titration.facts;

/**
 * Data that the rules would have liked to see and that could not be had.
 *
 * @param data which part of the chart
 * @param why what happened
 */
public record Gap(Part data, Why why) {

    /** Parts of the chart. */
    public enum Part {
        LABS,
        MEDICATION_ORDERS,
        MEDICATION_STATEMENTS,
        MEDICATION_ADMINISTRATIONS,
        MEDICATION_DISPENSES,
        CONDITIONS,
        SYMPTOMS,
        QUESTIONNAIRES,
        LAB_REQUESTS,
        ALLERGIES;

        /** Where a drug may stand on record. */
        public boolean isMedication() {
            return switch (this) {
                case MEDICATION_ORDERS, MEDICATION_STATEMENTS, MEDICATION_ADMINISTRATIONS, MEDICATION_DISPENSES -> true;
                case LABS, CONDITIONS, SYMPTOMS, QUESTIONNAIRES, LAB_REQUESTS, ALLERGIES -> false;
            };
        }
    }

    /** What happened. */
    public enum Why {
        /** Not sent and not to be fetched. */
        NOT_SENT,
        /** The EHR reported a failure. */
        FAILED,
        /** Only the first pages could be had. */
        PARTIAL
    }
}
