package health.setpoint.titration.person;

/** Sex for clinical use, from the records in their order of precedence. */
public enum Sex {
    MALE,
    FEMALE,
    /** No usable record. */
    UNRECORDED,
    /** Gender male and another record female, at a site that has no protocol for it. */
    DIFFERING
}
