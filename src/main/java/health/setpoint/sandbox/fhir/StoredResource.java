package health.setpoint.sandbox.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * One version of a resource. Nobody changes the resource that it holds: whoever wants another takes a copy.
 *
 * @param version from 1 on
 * @param size of its JSON, in characters
 * @param before the version that it replaced, as far as it is kept
 */
record StoredResource(Resource resource, int version, int size, Optional<StoredResource> before) {

    /** Versions of one resource that are kept. */
    static final int MOST_VERSIONS = 5;

    static String key(String type, String id) {
        return type + "/" + id;
    }

    String key() {
        return key(resource.fhirType(), resource.getIdElement().getIdPart());
    }

    /** Characters of all versions that are kept. */
    int sizeOfAll() {
        return size + before.map(StoredResource::sizeOfAll).orElse(0);
    }

    /** This version or an earlier one. */
    Optional<StoredResource> version(String wanted) {
        return wanted.equals(String.valueOf(version))
                ? Optional.of(this)
                : before.flatMap(earlier -> earlier.version(wanted));
    }

    /** The same without what is older than so many versions. */
    StoredResource shortened(int versions) {
        return new StoredResource(
                resource,
                version,
                size,
                versions > 1 ? before.map(earlier -> earlier.shortened(versions - 1)) : Optional.empty());
    }
}
