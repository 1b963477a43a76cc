package health.setpoint.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.knowledge.terminology.Meaning;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.therapy.Drug;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;

/**
 * The value sets of the knowledge's tables, and its rules as a code system. Where {@code meanings.csv} or the ICD defines a
 * set by meaning, its definition says so and its expansion is the list that the service ships, with its day.
 */
final class KnowledgeVocabulary {

    static final String BASE = "http://setpoint.health/fhir/";
    private static final String DAY = "2026-11-30";
    private static final Map<String, String> OWNERS = Map.of(
            CodeSystemUris.LOINC,
            "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the"
                    + " LOINC Committee and is available at no cost under the license at http://loinc.org/license.",
            CodeSystemUris.SNOMED_CT,
            "SNOMED CT is copyright SNOMED International; use needs an affiliate licence where SNOMED International requires one.",
            CodeSystemUris.RXNORM,
            "RxNorm courtesy of the U.S. National Library of Medicine, which neither endorses nor is responsible for this"
                    + " product.",
            CodeSystemUris.ICD_10_CM,
            "ICD-10 is copyright World Health Organization; ICD-10-CM is its clinical modification by the U.S. National Center for"
                    + " Health Statistics.",
            CodeSystemUris.ATC,
            "ATC codes are maintained by the WHO Collaborating Centre for Drug Statistics Methodology, Oslo.");

    private final Knowledge knowledge;
    private final Terminology terminology;
    private final Map<String, Meaning> meanings;
    private final CommonCodeSystemsTerminologyService ucum =
            new CommonCodeSystemsTerminologyService(FhirContext.forR4Cached());

    KnowledgeVocabulary(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.terminology = knowledge.terminology();
        this.meanings = terminology.meanings().stream().collect(Collectors.toMap(Meaning::valueSet, one -> one));
    }

    /** Version of the package: that of the knowledge with a third number, as packages have. */
    static String version(Knowledge knowledge) {
        return knowledge.version() + ".0";
    }

    List<MetadataResource> all() {
        var all = new ArrayList<MetadataResource>();
        for (var analyte : Analyte.values()) {
            var id = "setpoint-" + kebab(analyte.name());
            var codes = terminology.codes(analyte).stream()
                    .filter(code -> terminology
                            .lab(code.system(), code.code())
                            .orElseThrow()
                            .verified())
                    .toList();
            if (!codes.isEmpty()) {
                all.add(listed(
                        id + "-tests",
                        words(analyte.name()) + " tests",
                        "Codes under which a result is read as " + lower(analyte.name())
                                + " without a text beside the code.",
                        codes));
            }
            all.add(units(id + "-units", analyte));
        }
        for (var drug : Drug.values()) {
            var codes = codes(drug);
            if (!codes.isEmpty()) {
                all.add(byMeaning(
                        Meaning.valueSet(Meaning.Kind.DRUG, drug.name()),
                        words(drug.name()),
                        "Codes under which a medication is read as " + lower(drug.name())
                                + " without a text beside the code.",
                        codes));
            }
        }
        for (var diagnosis : Diagnosis.values()) {
            if (!terminology.codes(diagnosis).isEmpty()) {
                all.add(byMeaning(
                        Meaning.valueSet(Meaning.Kind.DIAGNOSIS, diagnosis.name()),
                        words(diagnosis.name()),
                        "Codes under which a problem is read as " + lower(diagnosis.name()) + ".",
                        terminology.codes(diagnosis)));
            }
        }
        all.add(byMeaning(
                Meaning.valueSet(Meaning.Kind.PREGNANCY, "PREGNANCY"),
                "Pregnancy",
                "Codes under which a problem says that the patient is pregnant.",
                terminology.pregnancyCodes()));
        for (var symptom : Symptom.values()) {
            all.add(byMeaning(
                    Meaning.valueSet(Meaning.Kind.SYMPTOM, symptom.name()),
                    words(symptom.name()),
                    "Codes under which " + lower(symptom.name()) + " is read as a symptom.",
                    terminology.codes(symptom)));
        }
        for (var test : LabTest.values()) {
            all.add(listed(
                    "setpoint-" + test.word() + "-orders",
                    "Orders of " + test.word(),
                    "Codes by which " + test.word() + " is ordered.",
                    terminology.codes(test)));
        }
        all.addAll(unions(all));
        all.add(rules());
        return all;
    }

    /** Unions of the others, for a profile that binds all of a kind. */
    private List<ValueSet> unions(List<MetadataResource> all) {
        return List.of(
                union("setpoint-symptom-findings", "Symptoms", "Every symptom that a rule asks for.", all, "-findings"),
                union(
                        "setpoint-conditions",
                        "Problems",
                        "Every diagnosis, symptom and pregnancy that a rule asks for.",
                        all,
                        "-conditions",
                        "-findings"),
                union("setpoint-lab-orders", "Orders", "Every test that a card can ask for.", all, "-orders"),
                interacting(all));
    }

    private ValueSet union(String id, String title, String description, List<MetadataResource> all, String... endings) {
        var set = valueSet(id, title, description);
        var codes = new ArrayList<Code>();
        all.stream()
                .filter(one -> Arrays.stream(endings).anyMatch(one.getId()::endsWith))
                .map(ValueSet.class::cast)
                .forEach(one -> {
                    set.getCompose().addInclude().addValueSet(one.getUrl());
                    codes.addAll(listed(one));
                });
        own(set, codes);
        expand(set, codes.stream().distinct().toList());
        return set;
    }

    private static List<Code> listed(ValueSet set) {
        return set.getCompose().getInclude().stream()
                .flatMap(include -> include.getConcept().stream()
                        .map(concept -> new Code(include.getSystem(), concept.getCode(), concept.getDisplay())))
                .toList();
    }

    private ValueSet interacting(List<MetadataResource> all) {
        return union(
                "setpoint-interacting-medications",
                "Other drugs that a rule asks for",
                "Every drug that a rule asks for, anastrozole and testosterone apart.",
                all.stream()
                        .filter(one ->
                                !one.getId().equals(Meaning.valueSet(Meaning.Kind.DRUG, Drug.ANASTROZOLE.name())))
                        .filter(one ->
                                !one.getId().equals(Meaning.valueSet(Meaning.Kind.DRUG, Drug.TESTOSTERONE.name())))
                        .toList(),
                "-medications");
    }

    private List<Code> codes(Drug drug) {
        return terminology.codes(drug).stream()
                .filter(code ->
                        terminology.drugs(code.system(), code.code()).stream().allMatch(found -> found.verified()))
                .toList();
    }

    /** What is read, as far as it is UCUM: a unit of another spelling is read too, but no profile can say so. */
    private ValueSet units(String id, Analyte analyte) {
        var codes = knowledge.units().spellings(analyte).stream()
                .filter(this::isUcum)
                .map(unit -> new Code(CodeSystemUris.UCUM, unit, ""))
                .toList();
        return listed(
                id,
                words(analyte.name()) + " units",
                "UCUM units in which Setpoint reads " + lower(analyte.name()) + ".",
                codes);
    }

    private boolean isUcum(String unit) {
        var found = unit.isEmpty()
                ? null
                : ucum.lookupCode(new ValidationSupportContext(ucum), new LookupCodeRequest(CodeSystemUris.UCUM, unit));
        return found != null && found.isFound();
    }

    private ValueSet listed(String id, String title, String description, List<Code> codes) {
        var set = valueSet(id, title, description);
        bySystem(codes).forEach((system, listed) -> {
            var include = set.getCompose().addInclude().setSystem(system);
            listed.forEach(code -> concept(include, code));
        });
        own(set, codes);
        return set;
    }

    private static void concept(ConceptSetComponent include, Code code) {
        var concept = include.addConcept().setCode(code.code());
        if (!code.display().isEmpty()) {
            concept.setDisplay(code.display());
        }
    }

    private ValueSet byMeaning(String id, String title, String description, List<Code> codes) {
        var set = listed(id, title, description, codes);
        var filters =
                Optional.ofNullable(meanings.get(id)).map(Meaning::filters).orElse(List.of());
        for (var filter : filters) {
            filter(set, filter.system(), filter.property(), filter.op(), filter.value());
        }
        codes.stream()
                .filter(code -> code.system().equals(CodeSystemUris.ICD_10_CM)
                        || code.system().equals(CodeSystemUris.ICD_9_CM))
                .forEach(code -> filter(set, code.system(), "concept", "is-a", code.code()));
        if (set.getCompose().getInclude().stream().anyMatch(ConceptSetComponent::hasFilter)) {
            set.setDescription(
                    description
                            + " Defined by meaning and by list; the expansion is what the service knows without a terminology server.");
            expand(set, codes);
        }
        return set;
    }

    private static void expand(ValueSet set, List<Code> codes) {
        set.getExpansion()
                .setIdentifier(expansion(set.getId()))
                .setTimestampElement(new DateTimeType(DAY))
                .setTotal(codes.size());
        codes.forEach(code -> set.getExpansion()
                .addContains()
                .setSystem(code.system())
                .setCode(code.code())
                .setDisplay(code.display()));
    }

    private static String expansion(String id) {
        return BASE + "expansion/" + id + "/" + DAY;
    }

    private static void filter(ValueSet set, String system, String property, String op, String value) {
        set.getCompose()
                .addInclude()
                .setSystem(system)
                .addFilter()
                .setProperty(property)
                .setOp(FilterOperator.fromCode(op))
                .setValue(value);
    }

    private CodeSystem rules() {
        var system = new CodeSystem();
        named(
                system,
                "CodeSystem",
                "setpoint-rules",
                "Rules",
                "The rules of Setpoint, by their ids, with what each asks.");
        system.setContent(CodeSystem.CodeSystemContentMode.COMPLETE).setCaseSensitive(true);
        var texts = knowledge.ruleTexts().on(knowledge.begins());
        texts.forEach(text -> system.addConcept()
                .setCode(text.rule().toString())
                .setDisplay(text.rule().toString())
                .setDefinition(plain(text.when())));
        system.setCount(texts.size());
        return system;
    }

    private static String plain(String text) {
        return text.strip();
    }

    private static Map<String, List<Code>> bySystem(Collection<Code> codes) {
        return codes.stream().collect(Collectors.groupingBy(Code::system, LinkedHashMap::new, Collectors.toList()));
    }

    private ValueSet valueSet(String id, String title, String description) {
        var set = new ValueSet();
        named(set, "ValueSet", id, title, description);
        return set;
    }

    private void named(MetadataResource resource, String type, String id, String title, String description) {
        resource.setId(id);
        resource.setUrl(BASE + type + "/" + id);
        resource.setVersion(version(knowledge));
        resource.setName(
                Arrays.stream(id.split("-")).map(KnowledgeVocabulary::capital).collect(Collectors.joining()));
        resource.setTitle(title);
        resource.setStatus(PublicationStatus.DRAFT);
        resource.setExperimental(true);
        resource.setDateElement(new DateTimeType("2026-01-01"));
        resource.setPublisher("Setpoint");
        resource.setDescription(description);
    }

    private static void own(ValueSet set, List<Code> codes) {
        var owners = codes.stream()
                .map(Code::system)
                .distinct()
                .map(OWNERS::get)
                .filter(owner -> owner != null)
                .collect(Collectors.joining(" "));
        if (!owners.isEmpty()) {
            set.setCopyright(owners);
        }
    }

    private static String kebab(String name) {
        return lower(name).replace(' ', '-');
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(String name) {
        return capital(lower(name));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
