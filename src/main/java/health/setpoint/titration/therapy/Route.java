package health.setpoint.titration.therapy;

/** Route of administration, as far as a rule or a dosing text asks for it. */
public enum Route {
    INTRAMUSCULAR,
    SUBCUTANEOUS,
    TRANSDERMAL,
    NASAL,
    ORAL,
    BUCCAL,
    IMPLANT,
    VAGINAL,
    OTHER,
    UNKNOWN;

    /** Given by needle, so that dosing texts can speak of the injection day. */
    public boolean isInjection() {
        return this == INTRAMUSCULAR || this == SUBCUTANEOUS;
    }
}
