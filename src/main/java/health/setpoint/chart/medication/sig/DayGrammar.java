package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.sig.SigContent.Trait;
import health.setpoint.chart.medication.sig.Taken.Piece;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Days of the week and times of day: on Monday and Thursday, M/W/F, at 8 am. */
final class DayGrammar {

    private static final Set<String> JOINS = Set.of(",", "/", "&", "+", "and", "-", "to", "thru", "through", ".");
    private static final Set<String> RANGES = Set.of("to", "thru", "through");
    private static final Set<String> LAST_JOINTS = Set.of("and", "&", ",and", ",&", ".,and", ".and");
    private static final Set<String> HALVES = Set.of("noon", "am", "pm");
    private static final int LONGEST_LETTERS = 2;
    private static final int MOST_SIGNS = 3;

    private final InstructionWords words;
    private final SigContent said;

    DayGrammar(InstructionWords words, SigContent said) {
        this.words = words;
        this.said = said;
    }

    /** "and" between days, between times of day, and before the dose of another day. */
    Optional<Taken> and(int at, Piece before) {
        var joins =
                switch (before) {
                    case DAY ->
                        words.isDay(at + 1)
                                || words.isNumber(at + 1)
                                || words.isKind(at + 1, Kind.TIME_OF_DAY, Kind.DAILY_AT);
                    case TIME -> words.isKind(at + 1, Kind.TIME_OF_DAY, Kind.DAILY_AT);
                    default -> false;
                };
        return joins ? Taken.of(before, at + 1) : Optional.empty();
    }

    /** A list of days; two of them with a dash between may be all from one to the other. */
    Optional<Taken> days(int from) {
        var found = new ArrayList<String>();
        var joints = new ArrayList<String>();
        int end = from;
        for (int at = from; words.isDayWord(at); ) {
            int place = at;
            found.addAll(List.of(
                    words.day(at).or(() -> words.letter(place)).orElseThrow().split(" ")));
            end = at + 1;
            int next = end;
            while (next - end < MOST_SIGNS && words.isAny(next, JOINS)) {
                next++;
            }
            var joint = words.joined(end, next);
            at = words.isLead(next) && next > end ? next + 1 : next;
            if (words.isDayWord(at) && joint.isEmpty() && !areOfOneKind(words.text(place), words.text(at))) {
                break;
            }
            if (words.isDayWord(at)) {
                joints.add(joint);
            }
        }
        int parts = joints.size() + 1;
        if (end == from || words.day(from).isEmpty() && parts < 2) {
            return Optional.empty();
        }
        if (joints.stream().anyMatch(RANGES::contains) || joints.contains("-") && (!areAlike(joints) || parts < 3)) {
            said.add(Trait.RANGE);
        } else if (!isList(joints, words.texts(from, end)) || Set.copyOf(found).size() < found.size()) {
            said.add(Trait.CONTRADICTION);
        }
        said.days().add(new LinkedHashSet<>(found));
        return Taken.of(Piece.DAY, words.is(end, "only") ? end + 1 : end);
    }

    private static boolean areAlike(List<String> joints) {
        return Set.copyOf(joints).size() == 1;
    }

    /** The same sign between all, or commas with a word before the last; blanks between short names of three or more. */
    private static boolean isList(List<String> joints, List<String> names) {
        if (joints.isEmpty()) {
            return true;
        }
        var last = joints.get(joints.size() - 1);
        var others = Set.copyOf(joints.subList(0, joints.size() - 1));
        if (last.isEmpty() && (others.isEmpty() || others.equals(Set.of("")))) {
            return names.size() > 2 && names.stream().noneMatch(DayGrammar::isLongName)
                    || names.stream().allMatch(name -> name.length() <= LONGEST_LETTERS);
        }
        return others.isEmpty()
                || others.equals(Set.of(last))
                || others.equals(Set.of(",")) && LAST_JOINTS.contains(last)
                || others.equals(Set.of(".,")) && LAST_JOINTS.contains(last);
    }

    /** Both in letters, or both in short; names in full have a sign between them. */
    private static boolean areOfOneKind(String one, String other) {
        return !isLongName(one)
                && !isLongName(other)
                && (one.length() <= LONGEST_LETTERS) == (other.length() <= LONGEST_LETTERS);
    }

    private static boolean isLongName(String name) {
        return name.endsWith("day") || name.endsWith("days");
    }

    /** At 8 am, 20:00. */
    Optional<Taken> clock(int at) {
        if (at >= words.size() || words.token(at).kind() != SigToken.Kind.NUMBER) {
            return Optional.empty();
        }
        var hasMinutes = words.is(at + 1, ":")
                && at + 2 < words.size()
                && words.token(at + 2).text().length() == 2
                && words.token(at + 2).text().chars().allMatch(Character::isDigit);
        int next = hasMinutes ? at + 3 : at + 1;
        var isHalf = words.isAny(next, HALVES);
        if (!hasMinutes && !isHalf) {
            return Optional.empty();
        }
        int end = isHalf ? next + 1 : next;
        said.times().add(words.joined(at, end));
        return Taken.of(Piece.TIME, end);
    }
}
