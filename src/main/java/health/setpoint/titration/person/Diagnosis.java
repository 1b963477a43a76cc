package health.setpoint.titration.person;

/** Conditions that a rule asks for, symptoms apart. */
public enum Diagnosis {
    BREAST_CANCER,
    PROSTATE_CANCER,
    OSTEOPOROSIS,
    OSTEOPENIA,
    CIRRHOSIS,
    ISCHEMIC_HEART_DISEASE,
    MYOCARDIAL_INFARCTION,
    STROKE,
    HEART_FAILURE,
    SLEEP_APNEA,
    THROMBOPHILIA,
    VENOUS_THROMBOSIS,
    INFERTILITY,
    ADIPOSITY,
    INSULIN_RESISTANCE,
    ALCOHOL_USE,
    AROMATASE_GENETICS,
    HYPOGONADISM,
    ERYTHROCYTOSIS
}
