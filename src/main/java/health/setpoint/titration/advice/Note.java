package health.setpoint.titration.advice;

/** Something that a card adds to its text and that changes neither rule nor dose. */
public enum Note {
    /** Symptoms of too much and of too little estradiol are both on record. */
    MIXED_PICTURE,
    /** Anastrozole will not act on breast tissue that is already there; guidance advises against it in general. */
    GYNECOMASTIA_GUIDANCE,
    /** Without libido or erection the symptoms would not have counted. */
    SEXUAL_SYMPTOM_NEEDED,
    /** Very high estradiol: examine, exclude tumour, hCG, liver disease. */
    HIGH_ESTRADIOL_WORKUP,
    /** The drafted testosterone will raise estradiol further. */
    DRAFT_RAISES_ESTRADIOL,
    /** The Endocrine Society's lower PSA limit for men at increased risk. */
    PSA_START_LIMIT,
    /** Another aromatase inhibitor runs and estradiol is low: consider stopping it. */
    CONSIDER_STOPPING_OTHER_INHIBITOR,
    /** A start or increase is withheld; the titration rule is shown as context only. */
    WITHHELD,
    /** The site runs safety-only: no start or increase is ever proposed. */
    SAFETY_ONLY,
    /** Stopping the draft's drug agrees with the advice. */
    STOP_AGREES,
    /** Stopping the draft's drug is a listed alternative. */
    STOP_IS_AN_OPTION,
    /** Stopping the draft's drug goes beyond the advice. */
    STOP_NOT_NEEDED,
    /** Estradiol of 10 to 19 pg/mL without an inhibitor may be normal. */
    LOW_MAY_BE_NORMAL,
    /** Symptoms on record were not counted: undated, or before the present therapy. */
    SYMPTOMS_NOT_COUNTED,
    /** A symptom that counted was recognised by its words only. */
    SYMPTOM_BY_WORDS,
    /** Testosterone is above range on a peak sample: repeat at trough. */
    TESTOSTERONE_PEAK,
    /** The drug was recognised by its name only. */
    MATCHED_BY_TEXT,
    /** Testosterone ended: the reason for anastrozole is gone. */
    TESTOSTERONE_ENDED
}
