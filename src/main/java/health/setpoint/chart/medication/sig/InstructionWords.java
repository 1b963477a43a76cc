package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.DoseUnits;
import health.setpoint.knowledge.terminology.SigWords;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instruction word by word, and what a word at a place means. A place behind the last word holds nothing. */
final class InstructionWords {

    private final List<SigToken> tokens;
    private final List<String> words;
    private final SigWords table;
    private final DoseUnits units;

    InstructionWords(List<SigToken> tokens, SigWords table, DoseUnits units) {
        this.tokens = tokens;
        this.words = tokens.stream().map(SigToken::text).toList();
        this.table = table;
        this.units = units;
    }

    int size() {
        return tokens.size();
    }

    SigToken token(int at) {
        return tokens.get(at);
    }

    String text(int at) {
        return words.get(at);
    }

    boolean isNumber(int at) {
        return at < tokens.size() && tokens.get(at).isNumber();
    }

    List<String> texts(int from, int to) {
        return words.subList(from, to);
    }

    String joined(int from, int to) {
        return String.join("", texts(from, to));
    }

    String spelled(int from, int to) {
        return String.join(" ", texts(from, to));
    }

    /** The longest phrase of the table that begins at a place. */
    Optional<SigWords.Phrase> longest(int at) {
        return table.longest(words, at);
    }

    /** What a word means as one of a kind. */
    Optional<String> meaning(Kind kind, String word) {
        return table.word(kind, word);
    }

    Optional<BigDecimal> number(Kind kind, String word) {
        return table.number(kind, word);
    }

    boolean is(int at, String word) {
        return at < tokens.size() && words.get(at).equals(word);
    }

    boolean isAny(int at, Set<String> of) {
        return at < tokens.size() && of.contains(words.get(at));
    }

    Optional<BigDecimal> number(Kind kind, int at) {
        return at < tokens.size() && tokens.get(at).isWord() ? table.number(kind, words.get(at)) : Optional.empty();
    }

    Optional<DoseUnit> unit(int at) {
        return at < tokens.size() && tokens.get(at).isWord() ? units.named(words.get(at)) : Optional.empty();
    }

    boolean isForm(int at) {
        return unit(at).filter(unit -> unit == DoseUnit.TABLET).isPresent();
    }

    Optional<BigDecimal> mass(int at) {
        return unit(at).flatMap(DoseUnit::mg);
    }

    boolean isKind(int at, Kind... kinds) {
        var phrase = longest(at);
        return phrase.isPresent() && Set.of(kinds).contains(phrase.get().kind());
    }

    Optional<String> day(int at) {
        return at < tokens.size() && tokens.get(at).isWord()
                ? table.word(Kind.DAY, words.get(at)).or(() -> table.word(Kind.DAYS, words.get(at)))
                : Optional.empty();
    }

    Optional<String> letter(int at) {
        return at < tokens.size() && tokens.get(at).isWord() && !isKind(at, Kind.FILLER)
                ? table.word(Kind.DAY_LETTER, words.get(at))
                : Optional.empty();
    }

    boolean isDayWord(int at) {
        return day(at).isPresent() || letter(at).isPresent();
    }

    boolean isDay(int at) {
        return isDayWord(isLead(at) ? at + 1 : at);
    }

    boolean isLead(int at) {
        return is(at, "on") || is(at, "every") || is(at, "each");
    }
}
