package health.setpoint.knowledge;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of codes, words or units, as one thing that somebody can stand behind.
 *
 * @param file by which it is known
 * @param says what it holds
 * @param source where its rows are from
 * @param rows how many, without the header
 * @param confidence how sure the rows are, with how many of each; empty where the table does not say
 * @param content hash over its text
 */
public record WordTable(
        String file, String says, String source, int rows, Map<String, Integer> confidence, String content) {

    private static final String CONFIDENCE = "confidence";
    private static final CSVFormat HEADED = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    public WordTable {
        confidence = Map.copyOf(confidence);
    }

    /** The table of a file that was read without fault. */
    static WordTable of(String file, String says, String source, String text) {
        Map<String, Integer> confidence = new TreeMap<>();
        int rows = 0;
        try (CSVParser parser = HEADED.parse(new StringReader(text))) {
            for (CSVRecord row : parser) {
                rows++;
                if (row.isMapped(CONFIDENCE)) {
                    confidence.merge(row.get(CONFIDENCE), 1, Integer::sum);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new WordTable(file, says, source, rows, confidence, ContentHash.ofOne(text));
    }

    /** {@code verified 49, unverified 3}, the most first; empty where the table does not say. */
    public String grade() {
        return confidence.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(of -> of.getKey() + " " + of.getValue())
                .collect(Collectors.joining(", "));
    }
}
