package health.setpoint.card.text;

import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.RuleId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The texts that a clinician reads. Each file is parsed twice: for plain text, and for Markdown, where every value is
 * escaped unless it is Markdown already. A missing text or value is an error, never a gap in a sentence.
 */
public final class Texts {

    private static final String ENGLISH = Languages.ENGLISH;
    private static final List<String> FILES = List.of(
            "gates.md",
            "orders.md",
            "safety.md",
            "data-quality.md",
            "on-inhibitor.md",
            "off-inhibitor.md",
            "testosterone.md",
            "context.md",
            "monitoring.md",
            "words.md",
            "dialects.md",
            "card.md");

    private final String language;
    private final Optional<Texts> english;
    private final Vocabulary vocabulary;
    private final Map<String, Phrase> plain;
    private final Map<String, Phrase> markdown;
    private final Set<String> missing;

    private Texts(
            String language,
            Optional<Texts> english,
            Vocabulary vocabulary,
            Map<String, Phrase> plain,
            Map<String, Phrase> markdown,
            Set<String> missing) {
        this.language = language;
        this.english = english;
        this.vocabulary = vocabulary;
        this.plain = plain;
        this.markdown = markdown;
        this.missing = missing;
    }

    /** Reads and parses all English files; a fault in one of them ends the start of the service. */
    public static Texts load() {
        Vocabulary vocabulary = Vocabulary.english();
        return new Texts(
                ENGLISH,
                Optional.empty(),
                vocabulary,
                PhraseFiles.read(ENGLISH, FILES, value -> plain(value, vocabulary), Optional.of(vocabulary)),
                PhraseFiles.read(ENGLISH, FILES, value -> marked(value, vocabulary), Optional.of(vocabulary)),
                Set.of());
    }

    /** Every language, English first. A text that another language lacks is the English one. */
    public static List<Texts> all() {
        Texts english = load();
        return Languages.names().stream()
                .map(language -> language.equals(ENGLISH) ? english : english.in(language))
                .toList();
    }

    private Texts in(String other) {
        Vocabulary own = vocabulary.in(other);
        Map<String, Phrase> ownPlain = PhraseFiles.read(other, FILES, value -> plain(value, own), Optional.of(own));
        Set<String> lacking = new TreeSet<>(plain.keySet());
        lacking.removeAll(ownPlain.keySet());
        return new Texts(
                other,
                Optional.of(this),
                own,
                over(plain, ownPlain),
                over(markdown, PhraseFiles.read(other, FILES, value -> marked(value, own), Optional.of(own))),
                lacking);
    }

    /** Some texts in the place of others. */
    static Map<String, Phrase> over(Map<String, Phrase> others, Map<String, Phrase> own) {
        Map<String, Phrase> all = new HashMap<>(others);
        all.putAll(own);
        return Collections.unmodifiableMap(all);
    }

    private static String plain(Object value, Vocabulary vocabulary) {
        return value instanceof Markdown ready ? ready.text() : vocabulary.shown(value);
    }

    private static String marked(Object value, Vocabulary vocabulary) {
        return value instanceof Markdown ready ? ready.text() : Markdown.escape(vocabulary.shown(value));
    }

    /** By which a client's file names it. */
    public String language() {
        return language;
    }

    /** The same in English, for what is written into orders. */
    Texts inEnglish() {
        return english.orElse(this);
    }

    /** Texts that stand in English only. */
    Set<String> missing() {
        return missing;
    }

    /** Texts that stand in this language. */
    Set<String> own() {
        Set<String> own = new TreeSet<>(plain.keySet());
        own.removeAll(missing);
        return own;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Everything that a card says of its rules stands in this language. */
    public boolean speaks(CardAdvice card) {
        return missing.isEmpty()
                || writes(card.primary().rule())
                        && card.findings().stream()
                                .map(Finding::rule)
                                .allMatch(rule -> lacksNone(rule, "also", "because", "more"));
    }

    /** It has all texts of a card that this rule decides. */
    boolean writes(RuleId rule) {
        return lacksNone(rule, "summary", "advice", "because", "more");
    }

    private boolean lacksNone(RuleId rule, String... parts) {
        return Stream.of(parts).noneMatch(part -> missing.contains(name(rule, part)));
    }

    /** One line of plain text. */
    public String plain(String name, Map<String, Object> values) {
        return text(plain, name).line(values);
    }

    /** One line of Markdown. */
    public Markdown markdown(String name, Map<String, Object> values) {
        return new Markdown(text(markdown, name).line(values));
    }

    /** Markdown of several paragraphs. */
    public Markdown paragraphs(String name, Map<String, Object> values) {
        return new Markdown(tidied(text(markdown, name).with(values)));
    }

    /** Without spaces at the end of a line, and with one blank line where there are several. */
    private static String tidied(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int blankLines = 0;
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            int last = end;
            while (last > from && Character.isWhitespace(text.charAt(last - 1))) {
                last--;
            }
            blankLines = last == from ? blankLines + 1 : 0;
            if (blankLines == 0 || blankLines == 1 && !tidy.isEmpty()) {
                tidy.append(text, from, last).append('\n');
            }
        }
        while (!tidy.isEmpty() && tidy.charAt(tidy.length() - 1) == '\n') {
            tidy.setLength(tidy.length() - 1);
        }
        return tidy.toString();
    }

    /** One line of Markdown, where this text exists at all. */
    public Optional<Markdown> ifAny(String name, Map<String, Object> values) {
        return markdown.containsKey(name) ? Optional.of(markdown(name, values)) : Optional.empty();
    }

    /** Some card of this rule has a text of its own. */
    public boolean has(RuleId rule) {
        return has(name(rule, "summary"));
    }

    public boolean has(String name) {
        return plain.containsKey(name);
    }

    private static Phrase text(Map<String, Phrase> from, String name) {
        Phrase text = from.get(name);
        if (text == null) {
            throw new IllegalStateException("no card text is called " + name);
        }
        return text;
    }

    /** How the text of a rule's card is called: the rule and what it says. */
    public static String name(RuleId rule, String part) {
        return rule.name() + "_" + part;
    }
}
