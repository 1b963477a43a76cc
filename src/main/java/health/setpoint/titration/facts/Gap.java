package health.setpoint.titration.facts;

/**
 * Data that the rules would have liked to see and that could not be had.
 *
 * @param data which part of the chart
 * @param why what happened
 */
public record Gap(Part data, Why why) {

    /** Parts of the chart, as cards name them. */
    public enum Part {
        LABS("laboratory results"),
        MEDICATION_ORDERS("medication orders"),
        MEDICATION_STATEMENTS("medication statements"),
        MEDICATION_ADMINISTRATIONS("medication administrations"),
        MEDICATION_DISPENSES("dispenses"),
        CONDITIONS("conditions"),
        SYMPTOMS("symptom and risk observations"),
        QUESTIONNAIRES("questionnaire answers"),
        LAB_REQUESTS("open lab requests"),
        ALLERGIES("allergies");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

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
