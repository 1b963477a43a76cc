package health.setpoint.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The shipped knowledge files as text, to be spoilt one at a time. */
record KnowledgeFiles(Map<String, String> texts) {

    private static final Path DIRECTORY = Path.of("src/main/resources/knowledge");

    static KnowledgeFiles shipped() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new KnowledgeFiles(texts);
    }

    /** The files with the first place of a text replaced by another. */
    KnowledgeFiles with(String file, String from, String to) {
        String text = texts.get(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(file + " does not hold: " + from);
        }
        int at = text.indexOf(from);
        return replaced(file, text.substring(0, at) + to + text.substring(at + from.length()));
    }

    KnowledgeFiles replaced(String file, String text) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(file, text);
        return new KnowledgeFiles(changed);
    }

    KnowledgeFiles appended(String file, String more) {
        return replaced(file, texts.get(file) + more);
    }

    /** File and line, counted from 1, of the first place of a text. */
    String place(String file, String text) {
        String before = texts.get(file).substring(0, texts.get(file).indexOf(text));
        return file + ":"
                + (before.chars().filter(character -> character == '\n').count() + 1);
    }

    Knowledge read() {
        return Knowledge.of(texts);
    }
}
