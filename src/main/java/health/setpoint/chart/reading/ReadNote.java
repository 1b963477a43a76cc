package health.setpoint.chart.reading;

import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.TooManyElements;
import java.util.function.Supplier;

/**
 * What became of one entry of the request, for the readiness check of an integration.
 *
 * @param reference the FHIR resource, or the place in the request where it has no id
 * @param outcome whether the rules will see it
 * @param words what it was read as, or why not; put together only where somebody asks
 */
public record ReadNote(String reference, Outcome outcome, Supplier<String> words) {

    private static final int LONGEST_NAME = 60;

    /** What happened to the entry. */
    public enum Outcome {
        READ,
        IGNORED,
        /** It has local codes only: a code map of the client can name what they mean. */
        UNMAPPED,
        UNREADABLE
    }

    public static ReadNote read(String reference, String text) {
        return read(reference, () -> text);
    }

    public static ReadNote read(String reference, Supplier<String> words) {
        return new ReadNote(reference, Outcome.READ, words);
    }

    public static ReadNote ignored(String reference, String text) {
        return ignored(reference, () -> text);
    }

    public static ReadNote ignored(String reference, Supplier<String> words) {
        return new ReadNote(reference, Outcome.IGNORED, words);
    }

    public static ReadNote unmapped(String reference, Supplier<String> words) {
        return new ReadNote(reference, Outcome.UNMAPPED, words);
    }

    /** Of a concept that means nothing to any rule. */
    public static ReadNote unasked(String reference, Concept concept) {
        return concept.isLocal()
                ? new ReadNote(
                        reference,
                        Outcome.UNMAPPED,
                        () -> "local codes only: " + concept.shown()
                                + "; put into the client's code map what standard code each stands for, if any rule asks for"
                                + " it")
                : new ReadNote(reference, Outcome.IGNORED, () -> "no rule asks for " + called(concept));
    }

    /** Its codes, or how it is called where it has none. */
    private static String called(Concept concept) {
        return concept.codings().isEmpty()
                ? concept.name()
                        .map(name -> "\"" + DisplayText.plain(name, LONGEST_NAME) + "\"")
                        .orElse("what has neither code nor name")
                : concept.shown();
    }

    public static ReadNote unreadable(String reference, String text) {
        return unreadable(reference, () -> text);
    }

    public static ReadNote unreadable(String reference, Supplier<String> words) {
        return new ReadNote(reference, Outcome.UNREADABLE, words);
    }

    /** What it was read as, or why not: codes, units and names of tests, drugs and problems, never the patient's own words. */
    public String text() {
        try {
            return words.get();
        } catch (TooManyElements elements) {
            return elements.text();
        }
    }
}
