package health.setpoint.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Members of a JSON object in the order in which they came. Objects of FHIR have few: those stand side by side and are
 * looked through, which takes half the memory of a hash table and no more time. An object of many members gets one.
 */
final class SmallObjectMap extends AbstractMap<String, JsonNode> {

    /** A resource of FHIR rarely has more; whoever sends more must not make each of them cost more. */
    static final int FEW = 24;

    private static final int USUAL = 4;
    /** Empty objects are cheap to send. */
    private static final Object[] NONE = {};

    /** A name, its value, the next name. */
    private Object[] cells = NONE;

    private int size;
    private Optional<Map<String, JsonNode>> many = Optional.empty();

    @Override
    public JsonNode get(Object name) {
        if (many.isPresent()) {
            return many.get().get(name);
        }
        var place = place(name);
        return place < 0 ? null : value(place);
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public JsonNode put(String name, JsonNode value) {
        if (many.isPresent()) {
            return many.get().put(name, value);
        }
        var place = place(name);
        if (place >= 0) {
            var before = value(place);
            cells[2 * place + 1] = value;
            return before;
        }
        if (size == FEW) {
            many = Optional.of(new LinkedHashMap<>(this));
            return put(name, value);
        }
        if (2 * size == cells.length) {
            cells = Arrays.copyOf(cells, Math.max(2 * USUAL, 2 * cells.length));
        }
        cells[2 * size] = name;
        cells[2 * size + 1] = value;
        size++;
        return null;
    }

    @Override
    public JsonNode remove(Object name) {
        if (many.isPresent()) {
            return many.get().remove(name);
        }
        var place = place(name);
        return place < 0 ? null : removeAt(place);
    }

    private JsonNode removeAt(int place) {
        var removed = value(place);
        size--;
        System.arraycopy(cells, 2 * place + 2, cells, 2 * place, 2 * (size - place));
        return removed;
    }

    private String name(int place) {
        return (String) cells[2 * place];
    }

    private JsonNode value(int place) {
        return (JsonNode) cells[2 * place + 1];
    }

    private int place(Object name) {
        var hash = name.hashCode();
        for (int i = 0; i < size; i++) {
            // Strings keep their hash: most others are told apart without looking at a letter.
            if (name(i).hashCode() == hash && name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return many.map(Map::size).orElse(size);
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return many.map(Map::entrySet).orElseGet(Few::new);
    }

    private final class Few extends AbstractSet<Entry<String, JsonNode>> {

        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Entry<String, JsonNode>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public Entry<String, JsonNode> next() {
                    if (next >= size) {
                        throw new NoSuchElementException();
                    }
                    return new SimpleImmutableEntry<>(name(next), value(next++));
                }

                @Override
                public void remove() {
                    removeAt(--next);
                }
            };
        }
    }
}
