package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;

/** All moments that a FHIR time may mean, first and last; a date is that day in UTC. */
record TimeSpan(Instant first, Instant last) {

    private static final int PREFIX = 2;
    private static final int YEAR = 4;
    private static final String FIRST_OF_YEAR = "-01-01";

    /** How a search compares. */
    enum Comparison {
        EQ,
        NE,
        GT,
        LT,
        GE,
        LE,
        SA,
        EB
    }

    /** The span of an element of a resource; empty where it is none, or open on both sides. */
    static Optional<TimeSpan> of(IBase element) {
        if (element instanceof BaseDateTimeType time && time.hasValue()) {
            return Optional.of(of(time));
        }
        if (element instanceof Period period && (period.hasStart() || period.hasEnd())) {
            return Optional.of(new TimeSpan(
                    period.hasStart() ? of(period.getStartElement()).first : Instant.MIN,
                    period.hasEnd() ? of(period.getEndElement()).last : Instant.MAX));
        }
        return element instanceof Timing timing && timing.hasEvent()
                ? Optional.of(new TimeSpan(
                        of(timing.getEvent().get(0)).first,
                        of(timing.getEvent().get(timing.getEvent().size() - 1)).last))
                : Optional.empty();
    }

    private static TimeSpan of(BaseDateTimeType time) {
        // What has no time of day has no zone either; HAPI would take this machine's.
        var from = time.hasTime() ? time.getValue().toInstant() : inUtc(time);
        var date = from.atOffset(ZoneOffset.UTC);
        var after =
                switch (time.getPrecision()) {
                    case YEAR -> date.plusYears(1);
                    case MONTH -> date.plusMonths(1);
                    case DAY -> date.plusDays(1);
                    case MINUTE -> date.plusMinutes(1);
                    case SECOND -> date.plusSeconds(1);
                    default -> date.plusNanos(1_000_000);
                };
        return new TimeSpan(from, after.toInstant().minusNanos(1));
    }

    private static Instant inUtc(BaseDateTimeType time) {
        var text = time.getValueAsString();
        return LocalDate.parse(text + FIRST_OF_YEAR.substring(text.length() - YEAR))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** Whether the span of an element fits what a search asks for, such as {@code ge2026-11-01}. */
    static boolean fits(IBase element, String asked) {
        var lettered = asked.length() > PREFIX && Character.isLetter(asked.charAt(0));
        var comparison = lettered ? comparison(asked) : Comparison.EQ;
        var wanted = of(time(lettered ? asked.substring(PREFIX) : asked));
        return of(element).filter(span -> span.compares(comparison, wanted)).isPresent();
    }

    private static Comparison comparison(String asked) {
        try {
            return Comparison.valueOf(asked.substring(0, PREFIX).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw unreadable(asked);
        }
    }

    private static DateTimeType time(String written) {
        try {
            return new DateTimeType(written);
        } catch (IllegalArgumentException | DataFormatException noTime) {
            throw unreadable(written);
        }
    }

    private static InvalidRequestException unreadable(String written) {
        return new InvalidRequestException("\"" + written
                + "\" is no date to search by, such as 2026-11-01, ge2026-11-01 or lt2026-11-01T12:00:00Z.");
    }

    private boolean compares(Comparison comparison, TimeSpan wanted) {
        return switch (comparison) {
            case EQ -> isWithin(wanted);
            case NE -> !isWithin(wanted);
            case GT -> last.isAfter(wanted.last);
            case LT -> first.isBefore(wanted.first);
            case GE -> !last.isBefore(wanted.first);
            case LE -> !first.isAfter(wanted.last);
            case SA -> first.isAfter(wanted.last);
            case EB -> last.isBefore(wanted.first);
        };
    }

    private boolean isWithin(TimeSpan wanted) {
        return !first.isBefore(wanted.first) && !last.isAfter(wanted.last);
    }
}
