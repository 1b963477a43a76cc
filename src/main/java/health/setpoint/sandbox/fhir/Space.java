package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * The resources of one space of the sandbox, in memory. What is read never changes: a write makes a copy of the table, and
 * several writes of one transaction are seen together or not at all.
 */
final class Space {

    static final int MOST_RESOURCES = 2_000;

    /** Characters of JSON. */
    static final int LARGEST = 2 * 1024 * 1024;

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final LocalDate day;
    private volatile Map<String, StoredResource> table;
    private volatile long size;
    private volatile boolean changed;

    private Space(LocalDate day, Map<String, StoredResource> table, long size) {
        this.day = day;
        this.table = table;
        this.size = size;
    }

    /** A space that holds the invented patients, their dates counted from a day. */
    static Space of(Collection<? extends Resource> resources, LocalDate day) {
        var writing = new Writing(new LinkedHashMap<>());
        resources.forEach(writing::put);
        return new Space(day, writing.next, writing.size());
    }

    /** Another space that begins with the same resources, which take no room of their own. */
    Space copied() {
        return new Space(day, table, size);
    }

    /** Characters of JSON of all versions that are kept. */
    long size() {
        return size;
    }

    /** Whether it is as it was on another day, so that nobody misses it if it is made anew. */
    boolean isStaleOn(LocalDate today) {
        return !changed && !day.equals(today);
    }

    Stream<Resource> resources() {
        return table.values().stream().map(StoredResource::resource);
    }

    Optional<Resource> find(String key) {
        return Optional.ofNullable(table.get(key)).map(StoredResource::resource);
    }

    /**
     * A resource, in the version that the id names, else the latest.
     *
     * @throws ResourceNotFoundException where there is none
     */
    Resource read(String type, IdType id) {
        return Optional.ofNullable(table.get(StoredResource.key(type, id.getIdPart())))
                .flatMap(kept -> id.hasVersionIdPart() ? kept.version(id.getVersionIdPart()) : Optional.of(kept))
                .map(StoredResource::resource)
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /** Writes that belong together. Nothing of them is kept where one fails. */
    synchronized <T> T write(Function<Writing, T> writes) {
        var writing = new Writing(new LinkedHashMap<>(table));
        var result = writes.apply(writing);
        writing.checkSize();
        table = writing.next;
        size = writing.size();
        changed = true;
        return result;
    }

    /** What a write does to the table that will be the next. */
    static final class Writing {

        private final Map<String, StoredResource> next;

        private Writing(Map<String, StoredResource> next) {
            this.next = next;
        }

        Optional<Resource> find(String key) {
            return Optional.ofNullable(next.get(key)).map(StoredResource::resource);
        }

        Stream<Resource> resources() {
            return next.values().stream().map(StoredResource::resource);
        }

        /** Keeps a resource under an id of the server's. */
        StoredResource create(Resource resource) {
            resource.setId(UUID.randomUUID().toString());
            return put(resource);
        }

        /**
         * Keeps a resource under its id, in place of what is there.
         *
         * @param resource afterwards the space's own
         */
        StoredResource put(Resource resource) {
            var id = resource.getIdElement().getIdPart();
            if (id == null || !ID.matcher(id).matches()) {
                throw new InvalidRequestException(
                        "An id has 1 to 64 letters, digits, hyphens and dots; this one has not: put it into the address and the"
                                + " resource alike.");
            }
            var before = Optional.ofNullable(next.get(StoredResource.key(resource.fhirType(), id)));
            var version = before.map(StoredResource::version).orElse(0) + 1;
            resource.setId(new IdType(resource.fhirType(), id, String.valueOf(version)));
            var meta = resource.hasMeta() ? resource.getMeta() : new Meta();
            resource.setMeta(meta.setVersionId(String.valueOf(version)).setLastUpdated(new Date()));
            var size = R4.newJsonParser().encodeResourceToString(resource).length();
            var kept = new StoredResource(resource, version, size, before).shortened(StoredResource.MOST_VERSIONS);
            next.put(kept.key(), kept);
            return kept;
        }

        /** @throws PreconditionFailedException where the latest version is not the one that the caller means to replace */
        void expect(String key, Optional<String> version) {
            version.filter(wanted -> !wanted.equals(Optional.ofNullable(next.get(key))
                            .map(kept -> String.valueOf(kept.version()))
                            .orElse("0")))
                    .ifPresent(wanted -> {
                        throw new PreconditionFailedException("If-Match names version " + wanted + " of " + key
                                + ", which is not the latest: read it again and repeat the change.");
                    });
        }

        /** @throws ResourceNotFoundException where there is none */
        void delete(String type, String id) {
            if (next.remove(StoredResource.key(type, id)) == null) {
                throw new ResourceNotFoundException(new IdType(type, id));
            }
        }

        private long size() {
            return next.values().stream().mapToLong(StoredResource::sizeOfAll).sum();
        }

        private void checkSize() {
            if (next.size() > MOST_RESOURCES || size() > LARGEST) {
                throw new PayloadTooLargeException("A space of the sandbox holds at most " + MOST_RESOURCES
                        + " resources and " + LARGEST / (1024 * 1024)
                        + " MB of JSON. Delete some, or POST $reset to begin anew.");
            }
        }
    }
}
