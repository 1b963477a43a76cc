package health.setpoint.card.text;

import health.setpoint.knowledge.source.Grade;
import java.util.Map;

/** What a grade of evidence means, in the words of cards. */
public final class GradeWords {

    private GradeWords() {}

    /** In English: {@code guideline or label}. */
    public static String of(Grade grade) {
        return of(grade, English.TEXTS);
    }

    static String of(Grade grade, Texts texts) {
        return texts.plain("grade_" + grade.name(), Map.of());
    }

    /** Read when a first grade is asked for. */
    private static final class English {

        static final Texts TEXTS = Texts.load();
    }
}
