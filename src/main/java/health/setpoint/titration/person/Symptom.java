package health.setpoint.titration.person;

/** Symptoms of too much or too little estradiol, in three categories. */
public enum Symptom {
    GYNECOMASTIA(Side.HIGH, Category.PHYSICAL, true),
    BREAST_PAIN(Side.HIGH, Category.PHYSICAL, true),
    FLUID_RETENTION(Side.HIGH, Category.PHYSICAL, false),
    BLOATING(Side.HIGH, Category.PHYSICAL, false),
    BODY_FAT_GAIN(Side.HIGH, Category.PHYSICAL, false),
    MOOD_SWINGS(Side.HIGH, Category.MENTAL, false),
    HEIGHTENED_SENSITIVITY(Side.HIGH, Category.MENTAL, false),
    ANXIETY(Side.SHARED, Category.MENTAL, false),
    DEPRESSED_MOOD(Side.SHARED, Category.MENTAL, false),
    REDUCED_LIBIDO(Side.SHARED, Category.SEXUAL, false),
    ERECTILE_DYSFUNCTION(Side.SHARED, Category.SEXUAL, false),
    JOINT_PAIN(Side.LOW, Category.PHYSICAL, true),
    DEHYDRATION(Side.LOW, Category.PHYSICAL, false),
    FREQUENT_URINATION(Side.LOW, Category.PHYSICAL, false),
    ANHEDONIA(Side.LOW, Category.MENTAL, false),
    POOR_CONCENTRATION(Side.LOW, Category.MENTAL, false),
    FATIGUE(Side.LOW, Category.MENTAL, false),
    REDUCED_WELLBEING(Side.LOW, Category.MENTAL, false),
    REDUCED_SENSITIVITY(Side.LOW, Category.SEXUAL, false),
    ANORGASMIA(Side.LOW, Category.SEXUAL, false);

    private final Side side;
    private final Category category;
    private final boolean specific;

    Symptom(Side side, Category category, boolean specific) {
        this.side = side;
        this.category = category;
        this.specific = specific;
    }

    public Side side() {
        return side;
    }

    public Category category() {
        return category;
    }

    /** Enough alone; joint pain only while an aromatase inhibitor runs. */
    public boolean isSpecific() {
        return specific;
    }

    /** Which estradiol a symptom speaks for; SHARED ones follow the band. */
    public enum Side {
        HIGH,
        LOW,
        SHARED
    }

    /** The three categories of the symptom table. */
    public enum Category {
        PHYSICAL,
        MENTAL,
        SEXUAL
    }
}
