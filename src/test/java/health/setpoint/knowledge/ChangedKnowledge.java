package health.setpoint.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The knowledge files with one line more, as a clinic would change a number. */
public final class ChangedKnowledge {

    private static final Path FOLDER = Path.of("src/main/resources/knowledge");

    private ChangedKnowledge() {}

    /** The knowledge in which a parameter has another value from a day on. */
    public static Knowledge from(LocalDate day, String parameter, String value) {
        Map<String, String> texts = texts();
        String begin = "- id: " + parameter + "\n";
        String file = texts.keySet().stream()
                .filter(name -> texts.get(name).contains(begin))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter is called " + parameter));
        texts.put(file, withLine(texts.get(file), begin, line(day, value)));
        return Knowledge.of(texts);
    }

    private static String line(LocalDate day, String value) {
        return "    " + day + ": {value: " + value + ", basis: {source: SETPOINT, place: a test, grade: S}}\n";
    }

    private static String withLine(String text, String begin, String line) {
        int next = text.indexOf("\n- id: ", text.indexOf(begin) + begin.length());
        String head = (next < 0 ? text : text.substring(0, next)).stripTrailing();
        return head + "\n" + line + (next < 0 ? "" : text.substring(next));
    }

    private static Map<String, String> texts() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
