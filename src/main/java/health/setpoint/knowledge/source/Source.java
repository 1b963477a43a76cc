package health.setpoint.knowledge.source;

import java.net.URI;
import java.util.Optional;

/**
 * A publication, label or decision that numbers and rules rest on.
 *
 * @param key short name, for instance {@code PUN}
 * @param title as it is cited
 * @param year of publication
 * @param where which part of it was read
 * @param doi without resolver
 * @param pmid PubMed id
 */
public record Source(
        String key,
        String title,
        Optional<Integer> year,
        Optional<String> where,
        Optional<String> doi,
        Optional<String> pmid) {

    /** Where the publication can be read, empty where neither DOI nor PubMed id is known. */
    public Optional<URI> link() {
        return doi.map(id -> URI.create("https://doi.org/" + id))
                .or(() -> pmid.map(id -> URI.create("https://pubmed.ncbi.nlm.nih.gov/" + id + "/")));
    }
}
