package health.setpoint.titration.advice;

/** Public, stable ids of the rules. */
public enum RuleId {
    R_01("R-01"),
    R_02("R-02"),
    R_03("R-03"),
    R_04("R-04"),
    R_05("R-05"),
    R_06("R-06"),
    R_07("R-07"),
    R_07B("R-07b"),
    R_07C("R-07c"),
    R_08("R-08"),
    R_09("R-09"),
    R_10("R-10"),
    R_11("R-11"),
    R_12("R-12"),
    R_13("R-13"),
    R_14("R-14"),
    R_15("R-15"),
    R_16("R-16"),
    R_17("R-17"),
    R_18("R-18"),
    R_19("R-19"),
    R_20("R-20"),
    R_21("R-21"),
    R_22("R-22"),
    R_22B("R-22b"),
    R_23("R-23"),
    R_24("R-24"),
    R_25("R-25"),
    R_30("R-30"),
    R_31("R-31"),
    R_32("R-32"),
    R_33("R-33"),
    R_34("R-34"),
    R_35("R-35"),
    R_36("R-36"),
    R_37("R-37"),
    R_38("R-38"),
    R_39("R-39"),
    R_40("R-40"),
    R_41("R-41"),
    R_42("R-42"),
    R_43("R-43"),
    R_44("R-44"),
    R_45("R-45"),
    R_46("R-46"),
    R_47("R-47"),
    R_48("R-48"),
    R_49("R-49"),
    R_50("R-50"),
    R_51("R-51"),
    R_52("R-52"),
    R_53("R-53"),
    R_54("R-54"),
    R_55("R-55"),
    R_56("R-56"),
    R_57("R-57"),
    R_58("R-58"),
    R_60("R-60"),
    R_60B("R-60b"),
    R_61("R-61"),
    R_62("R-62"),
    R_64("R-64"),
    R_65("R-65"),
    M_1("M-1"),
    M_2("M-2"),
    M_3("M-3"),
    M_3B("M-3b"),
    M_4("M-4"),
    M_5("M-5"),
    M_6("M-6"),
    M_7("M-7"),
    M_8("M-8");

    private final String id;

    RuleId(String id) {
        this.id = id;
    }

    /** The id as cards, documents and the journal write it. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}
