package health.setpoint.chart.prefetch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.labs.Analyte;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For which of our queries the answer to a client's own key stands, so that it counts as sent: by the search that the
 * answer repeats, by what came, and last by the key's name. An answer that tells none of these stands for nothing.
 */
public final class PrefetchKeyMatcher {

    private static final Set<String> LABORATORY = Set.of("laboratory", "LAB");
    private static final Set<String> OTHER_CATEGORIES =
            Set.of("vital-signs", "social-history", "survey", "exam", "imaging", "procedure", "therapy", "activity");
    private static final Pattern NUMBERED = Pattern.compile("[A-Za-z_-]{0,20}[0-9]{1,3}");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]");

    private final List<PrefetchKey> keys;
    private final Set<PrefetchKey> laboratory;
    private final Set<PrefetchKey> otherObservations;
    private final Set<String> laboratoryCodes;
    private final Set<String> estradiolCodes;
    private final Set<String> otherCodes;

    public PrefetchKeyMatcher(List<PrefetchKey> keys, Terminology terminology) {
        this.keys = keys;
        var observations = keys.stream()
                .filter(key -> key.type() == ResourceType.OBSERVATION)
                .collect(Collectors.partitioningBy(PrefetchKey::required, Collectors.toUnmodifiableSet()));
        this.laboratory = observations.get(true);
        this.otherObservations = observations.get(false);
        this.laboratoryCodes = codes(terminology.laboratoryCodes());
        this.estradiolCodes = codes(terminology.codes(Analyte.ESTRADIOL));
        this.otherCodes = codes(terminology.observationCodes());
    }

    private static Set<String> codes(List<Code> codes) {
        return codes.stream().map(Code::code).collect(Collectors.toUnmodifiableSet());
    }

    /** Our keys for which an answer stands. */
    Set<PrefetchKey> of(String name, QueryResult result) {
        if (result.isFailed()) {
            return Set.of();
        }
        var search = result.self().flatMap(this::search);
        var found = new LinkedHashSet<PrefetchKey>();
        search.ifPresent(query -> found.addAll(asked(query)));
        result.entries().stream()
                .filter(entry -> search.isEmpty() || !search.get().typeName().equals(entry.typeName()))
                .forEach(entry -> found.addAll(held(entry, result)));
        var ofType =
                keys.stream().filter(key -> isSame(key.type().code(), name)).toList();
        if (ofType.isEmpty()) {
            keys.stream().filter(key -> isSame(key.name(), name)).forEach(found::add);
        } else if (found.isEmpty() && search.isEmpty() && result.entries().isEmpty()) {
            found.addAll(ofType);
        }
        return found;
    }

    /**
     * As many numbers as there are templates, and none of our names: the templates are numbered. What came empty under
     * one of them then answers one of the keys that no other answers.
     */
    boolean areNumbered(Set<String> names) {
        return names.size() == keys.size()
                && names.stream().allMatch(name -> NUMBERED.matcher(name).matches());
    }

    /** Same letters, whatever their case, with or without the plural's s. */
    private static boolean isSame(String ours, String theirs) {
        return theirs.length() <= 2 * ours.length() && letters(ours).equals(letters(theirs));
    }

    private static String letters(String name) {
        var letters = NO_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
    }

    private Set<PrefetchKey> held(ChartEntry entry, QueryResult result) {
        if (entry.type() == ResourceType.OBSERVATION) {
            return isLaboratory(entry.resource()) ? laboratory : otherObservations;
        }
        // What is only included with another search, orders behind statements for instance, is no list of them.
        return entry.type() == ResourceType.PATIENT || result.matches().contains(entry.reference())
                ? ofType(entry.type())
                : Set.of();
    }

    private Set<PrefetchKey> ofType(ResourceType type) {
        return keys.stream().filter(key -> key.type() == type).collect(Collectors.toUnmodifiableSet());
    }

    /** Unless its category or code says that it is something else. */
    private boolean isLaboratory(ObjectNode observation) {
        var category = Concept.of(observation, "category", CodeMap.NONE);
        if (LABORATORY.stream().anyMatch(category::hasCode)) {
            return true;
        }
        var codes = Concept.of(observation, "code", CodeMap.NONE).codings().stream()
                .map(Coding::code)
                .toList();
        return codes.stream().anyMatch(laboratoryCodes::contains)
                || OTHER_CATEGORIES.stream().noneMatch(category::hasCode)
                        && codes.stream().noneMatch(otherCodes::contains);
    }

    /** A search on laboratory results counts only where it would have found an estradiol. */
    private Set<PrefetchKey> asked(Search search) {
        var type = ResourceType.of(search.typeName());
        if (type != ResourceType.OBSERVATION) {
            return ofType(type);
        }
        var categories = search.categories();
        var ofLaboratory = categories.isEmpty() || categories.stream().anyMatch(LABORATORY::contains);
        var ofOthers = categories.isEmpty() || !LABORATORY.containsAll(categories);
        var found = new LinkedHashSet<PrefetchKey>();
        if (ofLaboratory && search.mayFind(estradiolCodes)) {
            found.addAll(laboratory);
        }
        if (ofOthers && search.mayFind(otherCodes)) {
            found.addAll(otherObservations);
        }
        return found;
    }

    /**
     * The search that a Bundle repeats in its self link.
     *
     * @param categories and codes to which it is limited; empty where it is not
     */
    private record Search(String typeName, Set<String> categories, Set<String> codes) {

        boolean mayFind(Set<String> wanted) {
            return codes.isEmpty() || codes.stream().anyMatch(wanted::contains);
        }
    }

    private Optional<Search> search(String self) {
        var question = self.indexOf('?');
        var path = question < 0 ? self : self.substring(0, question);
        var plain = path.endsWith("/_search") ? path.substring(0, path.length() - "/_search".length()) : path;
        var type = plain.substring(plain.lastIndexOf('/') + 1);
        if (type.isEmpty() || !Character.isUpperCase(type.charAt(0))) {
            return Optional.empty();
        }
        var parameters = List.of((question < 0 ? "" : self.substring(question + 1)).split("&"));
        var codes = tokens(parameters, "code");
        return isUnderstood(parameters, codes)
                ? Optional.of(new Search(type, tokens(parameters, "category"), codes))
                : Optional.empty();
    }

    private boolean isUnderstood(List<String> parameters, Set<String> codes) {
        return parameters.stream().noneMatch(parameter -> parameter.startsWith("code:"))
                && (codes.isEmpty()
                        || codes.stream()
                                .anyMatch(code -> laboratoryCodes.contains(code) || otherCodes.contains(code)));
    }

    /** The codes of a token parameter, without their systems. */
    private static Set<String> tokens(List<String> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.startsWith(name + "="))
                .flatMap(parameter -> Stream.of(
                        decoded(parameter.substring(name.length() + 1)).split(",")))
                .map(token -> token.substring(token.indexOf('|') + 1).strip())
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
