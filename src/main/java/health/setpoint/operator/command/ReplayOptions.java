package health.setpoint.operator.command;

import health.setpoint.chart.fhir.FhirTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What {@code replay} is asked to do. */
final class ReplayOptions {

    @Option(
            names = "--knowledge",
            paramLabel = "<folder>",
            converter = Folder.class,
            description = "knowledge to decide by; the shipped one otherwise")
    Optional<Path> knowledge = Optional.empty();

    @Option(
            names = "--client",
            paramLabel = "<name>",
            description = "decisions of one client, or calls as that client's")
    Optional<String> client = Optional.empty();

    @Option(names = "--from", paramLabel = "<day>", converter = Day.class, description = "first day of the journal")
    Optional<LocalDate> from = Optional.empty();

    @Option(names = "--to", paramLabel = "<day>", converter = Day.class, description = "last day of the journal")
    Optional<LocalDate> to = Optional.empty();

    @Option(
            names = "--calls",
            paramLabel = "<folder>",
            converter = Folder.class,
            description = "captured requests, instead of the journal")
    Optional<Path> calls = Optional.empty();

    @Option(
            names = "--on",
            paramLabel = "<day>",
            converter = Day.class,
            description = "day on which the calls are decided")
    Optional<LocalDate> on = Optional.empty();

    /**
     * The options of a command line, whose first word is the command.
     *
     * @throws ParameterException where one is unknown, or its value is none
     */
    static ReplayOptions of(String... words) {
        var options = new ReplayOptions();
        new CommandLine(options).parseArgs(Arrays.copyOfRange(words, 1, words.length));
        return options;
    }

    /** A folder that is there. */
    static final class Folder implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            if (!Files.isDirectory(Path.of(value))) {
                throw new TypeConversionException("there is no folder " + value);
            }
            return Path.of(value);
        }
    }

    /** A day with a year of four digits. */
    static final class Day implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String value) {
            try {
                var day = LocalDate.parse(value);
                if (FhirTime.isYear(day.getYear())) {
                    return day;
                }
            } catch (DateTimeParseException noDay) {
                // told below
            }
            throw new TypeConversionException(value + " is no day such as 2026-11-23");
        }
    }
}
