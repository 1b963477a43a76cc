package health.setpoint.hook;

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
final class Members extends AbstractMap<String, JsonNode> {

    /** A resource of FHIR rarely has more; whoever sends more must not make each of them cost more. */
    static final int FEW = 24;

    private static final int USUAL = 4;

    private String[] names = new String[USUAL];
    private JsonNode[] values = new JsonNode[USUAL];
    private int size;
    private Optional<Map<String, JsonNode>> many = Optional.empty();

    @Override
    public JsonNode get(Object name) {
        if (many.isPresent()) {
            return many.get().get(name);
        }
        var place = place(name);
        return place < 0 ? null : values[place];
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
            var before = values[place];
            values[place] = value;
            return before;
        }
        if (size == FEW) {
            many = Optional.of(new LinkedHashMap<>(this));
            return put(name, value);
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
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
        var removed = values[place];
        size--;
        System.arraycopy(names, place + 1, names, place, size - place);
        System.arraycopy(values, place + 1, values, place, size - place);
        return removed;
    }

    private int place(Object name) {
        var hash = name.hashCode();
        for (int i = 0; i < size; i++) {
            // Strings keep their hash: most others are told apart without looking at a letter.
            if (names[i].hashCode() == hash && names[i].equals(name)) {
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
                    return new SimpleImmutableEntry<>(names[next], values[next++]);
                }

                @Override
                public void remove() {
                    removeAt(--next);
                }
            };
        }
    }
}
