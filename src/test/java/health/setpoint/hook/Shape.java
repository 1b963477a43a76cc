package health.setpoint.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.hook.Man.Problem;
import health.setpoint.hook.Man.Result;
import health.setpoint.hook.Man.Therapy;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Hook;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways in which EHRs write the same man down. */
enum Shape {

    /** R4 as the specification has it: codes in the order, doses in milligrams. */
    STANDARD {
        @Override
        List<String> order(String id, String status, Drug drug, Therapy therapy) {
            return request(id, status, therapy, coded(drug), dosage(drug, therapy));
        }
    },

    /** Epic: Medications as entries of their own, three doses for one intake, its own codes first, times in UTC. */
    EPIC {
        private static final String BASE = "https://ehr.example/interconnect/api/FHIR/R4/";

        @Override
        ObjectNode call(Man man) {
            var call = super.call(man);
            call.put("fhirServer", BASE);
            call.putObject("extension").put("com.epic.cdshooks.request.bpa-trigger-action", "23");
            return call;
        }

        @Override
        List<String> order(String id, String status, Drug drug, Therapy therapy) {
            var medication = "eM" + id;
            return List.of(
                    """
                    {"fullUrl": "%1$sMedicationRequest/%2$s", "search": {"mode": "match"},
                     "resource": {"resourceType": "MedicationRequest", "id": "%2$s", "status": "%3$s", "intent": "order",
                      "category": [{"text": "Outpatient"}],
                      "medicationReference": {"reference": "Medication/%4$s", "display": "%5$s"},
                      "subject": {"reference": "Patient/p1", "display": "Testman, Terrence"},
                      "encounter": {"reference": "Encounter/eE1"}, "authoredOn": "%6$s",
                      "dosageInstruction": [{
                        "timing": {"repeat": {"boundsPeriod": {"start": "%6$sT06:00:00Z"},
                          "frequency": %7$d, "period": 1, "periodUnit": "wk"}, "code": {"text": "%7$d times weekly"}},
                        "asNeededBoolean": false,
                        "route": {"coding": [{"system": "urn:oid:1.2.840.114350.1.13.0.1.7.4.798268.7025", "code": "15"},
                          {"system": "http://snomed.info/sct", "code": "%8$s"}]},
                        "doseAndRate": [
                          {"type": {"coding": [{"code": "calculated"}]},
                           "doseQuantity": {"value": %9$s, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}},
                          {"type": {"coding": [{"code": "admin-amount"}]},
                           "doseQuantity": {"value": %10$s, "unit": "%11$s", "system": "http://unitsofmeasure.org", "code": "%11$s"}},
                          {"type": {"coding": [{"code": "ordered"}]},
                           "doseQuantity": {"value": %9$s, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}]}]}}""".formatted(
                                    BASE,
                                    id,
                                    status,
                                    medication,
                                    drug.display,
                                    therapy.since(),
                                    therapy.times(),
                                    drug.route,
                                    therapy.mg(),
                                    drug.units(therapy),
                                    drug.unit),
                    """
                    {"fullUrl": "%1$sMedication/%2$s", "search": {"mode": "include"},
                     "resource": {"resourceType": "Medication", "id": "%2$s", "code": {"coding": [
                      {"system": "urn:oid:1.2.840.114350.1.13.0.1.7.2.698288", "code": "12345"},
                      {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "%3$s"},
                      {"system": "urn:oid:2.16.840.1.113883.6.88", "code": "%4$s", "display": "%5$s"}],
                      "text": "%5$s"}}}""".formatted(BASE, medication, drug.ingredient, drug.product, drug.display));
        }

        @Override
        String result(String id, Result result) {
            return """
                    {"fullUrl": "%1$sObservation/%2$s", "search": {"mode": "match"},
                     "resource": {"resourceType": "Observation", "id": "%2$s", "status": "final",
                      "identifier": [{"use": "official", "system": "urn:oid:1.2.840.114350.1.13.0.1.7.2.798268", "value": "a"}],
                      "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "laboratory"}], "text": "Laboratory"}],
                      "code": {"coding": [{"system": "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.0", "code": "%3$s"},
                        {"system": "http://loinc.org", "code": "%4$s", "display": "%5$s"}], "text": "%3$s"},
                      "subject": {"reference": "%1$sPatient/p1"},
                      "effectiveDateTime": "%6$s:00Z", "issued": "%6$s:00Z",
                      "valueQuantity": {"value": %7$s, "unit": "%8$s", "system": "http://unitsofmeasure.org", "code": "%8$s"}}}""".formatted(
                            BASE,
                            id,
                            result.test(),
                            result.test().loinc,
                            result.test().display,
                            result.drawn(),
                            result.value(),
                            result.test().unit);
        }

        @Override
        String code(Problem problem) {
            return """
                    {"coding": [{"system": "urn:oid:2.16.840.1.113883.3.247.1.1", "code": "1"},
                      {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "%s"},
                      {"system": "urn:oid:2.16.840.1.113883.6.96", "code": "%s"}]}""".formatted(problem.icd, problem.snomed);
        }

        @Override
        ObjectNode bundle(List<String> entries) {
            var bundle = super.bundle(entries);
            if (entries.isEmpty()) {
                bundle.withArray("entry").add(json("""
                        {"search": {"mode": "outcome"}, "resource": {"resourceType": "OperationOutcome",
                          "issue": [{"severity": "warning", "code": "processing",
                            "details": {"coding": [{"system": "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369",
                              "code": "4101"}], "text": "Resource request returns no results."}}]}}"""));
            }
            return bundle;
        }
    },

    /** The public sandbox: pills, a category that is no array, Bundles without a type, orders and statements alike. */
    SANDBOX {
        @Override
        ObjectNode call(Man man) {
            var call = super.call(man);
            call.put("fhirServer", "https://sandbox.example/r4");
            ((ObjectNode) call.path("context")).put("userId", "Practitioner/COREPRACTITIONER1");
            if (call.path("context").path("draftOrders") instanceof ObjectNode drafts) {
                drafts.remove(List.of("type", "total"));
            }
            return call;
        }

        @Override
        List<String> order(String id, String status, Drug drug, Therapy therapy) {
            var medication = """
                    {"text": "%1$s", "coding": [{"display": "%1$s",
                      "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "%2$s"}]}""".formatted(drug.display, drug.product);
            var dosage = """
                    {"timing": %s, "doseAndRate": [{"doseQuantity": {"value": %s,
                      "system": "http://unitsofmeasure.org", "code": "%s"}}]}""".formatted(
                            weekly(therapy), drug.units(therapy), drug.unit.equals("{tbl}") ? "{pill}" : drug.unit);
            return request(id, status, therapy, medication, dosage, """
                    , "category": {"coding": [{"code": "outpatient"}]}""");
        }

        @Override
        List<String> statements(Man man) {
            return taken(man);
        }
    },

    /** Doses in words only. */
    WORDS {
        @Override
        List<String> order(String id, String status, Drug drug, Therapy therapy) {
            return request(id, status, therapy, coded(drug), """
                    {"text": "%s"}""".formatted(words(drug, therapy)));
        }

        private static String words(Drug drug, Therapy therapy) {
            return drug == Drug.ANASTROZOLE
                    ? "Take %s tablet (%s mg total) by mouth %d times a week."
                            .formatted(drug.units(therapy), therapy.mg(), therapy.times())
                    : "Inject %s mL (%s mg total) into the muscle once a week."
                            .formatted(drug.units(therapy), therapy.mg());
        }
    },

    /** A chart in which what the man takes stands as his own word only. */
    STATEMENTS {
        @Override
        List<String> order(String id, String status, Drug drug, Therapy therapy) {
            return STANDARD.order(id, status, drug, therapy);
        }

        @Override
        List<String> orders(Man man) {
            return List.of();
        }

        @Override
        List<String> statements(Man man) {
            return taken(man);
        }
    };

    private static final PrefetchKeys KEYS = new PrefetchKeys(Knowledge.load().terminology());

    /** The two drugs by RxNorm, with the unit of what is taken at a time. */
    enum Drug {
        TESTOSTERONE(
                "10379", "835840", "testosterone cypionate 200 MG/ML Injectable Solution", "78421000", "mL", "200"),
        ANASTROZOLE("84857", "199224", "anastrozole 1 MG Oral Tablet", "26643006", "{tbl}", "1");

        final String ingredient;
        final String product;
        final String display;
        final String route;
        final String unit;
        private final BigDecimal mgPerUnit;

        Drug(String ingredient, String product, String display, String route, String unit, String mgPerUnit) {
            this.ingredient = ingredient;
            this.product = product;
            this.display = display;
            this.route = route;
            this.unit = unit;
            this.mgPerUnit = new BigDecimal(mgPerUnit);
        }

        BigDecimal units(Therapy therapy) {
            return therapy.mg().divide(mgPerUnit);
        }
    }

    /** Entries for an order, with what it refers to. */
    abstract List<String> order(String id, String status, Drug drug, Therapy therapy);

    List<String> orders(Man man) {
        var entries = new ArrayList<String>();
        man.testosterone().ifPresent(taken -> entries.addAll(order("t1", "active", Drug.TESTOSTERONE, taken)));
        man.anastrozole().ifPresent(taken -> entries.addAll(order("a1", "active", Drug.ANASTROZOLE, taken)));
        return entries;
    }

    List<String> statements(Man man) {
        return List.of();
    }

    String result(String id, Result result) {
        return """
                {"resource": {"resourceType": "Observation", "id": "%s", "status": "final",
                  "code": {"coding": [{"system": "http://loinc.org", "code": "%s", "display": "%s"}]},
                  "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "%s:00+00:00",
                  "valueQuantity": {"value": %s, "unit": "%s", "system": "http://unitsofmeasure.org", "code": "%s"}}}""".formatted(
                        id,
                        result.test().loinc,
                        result.test().display,
                        result.drawn(),
                        result.value(),
                        result.test().unit,
                        result.test().unit);
    }

    String code(Problem problem) {
        return """
                {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]}""".formatted(problem.snomed);
    }

    ObjectNode bundle(List<String> entries) {
        var bundle = JsonNodeFactory.instance.objectNode();
        bundle.put("resourceType", "Bundle")
                .put("type", "searchset")
                .put(
                        "total",
                        entries.stream()
                                .map(Shape::json)
                                .filter(entry -> List.of("", "match")
                                        .contains(entry.at("/search/mode").asText("")))
                                .count());
        if (!entries.isEmpty()) {
            ArrayNode array = bundle.putArray("entry");
            entries.forEach(entry -> array.add(json(entry)));
        }
        return bundle;
    }

    /** The call in which this EHR tells of the man: an order to be signed where there is a draft, else the open chart. */
    ObjectNode call(Man man) {
        var call = json("""
                {"hookInstance": "863f13e0-43ac-4a7f-befb-99575cc86f18", "hook": "patient-view",
                 "context": {"patientId": "p1", "userId": "Practitioner/u1"}}""");
        man.draft().ifPresent(draft -> {
            call.put("hook", "order-sign");
            ((ObjectNode) call.path("context"))
                    .set("draftOrders", bundle(order("request-123", "draft", Drug.ANASTROZOLE, draft)));
        });
        var prefetch = call.putObject("prefetch");
        prefetch.set("patient", json("""
                {"resourceType": "Patient", "id": "p1", "gender": "male", "birthDate": "%s"}""".formatted(Man.NOW.toLocalDate().minusYears(man.age()))));
        var results = new ArrayList<String>();
        man.results().forEach(result -> results.add(result("o" + results.size(), result)));
        prefetch.set("labs", bundle(results));
        prefetch.set("medicationRequests", bundle(orders(man)));
        prefetch.set("medicationStatements", bundle(statements(man)));
        prefetch.set(
                "conditions",
                bundle(man.problems().stream().map(this::condition).toList()));
        KEYS.forHook(Hook.ORDER_SIGN).stream()
                .filter(key -> !prefetch.has(key.name()))
                .forEach(key -> prefetch.set(key.name(), bundle(List.of())));
        return call;
    }

    private String condition(Problem problem) {
        return """
                {"resource": {"resourceType": "Condition", "id": "%s",
                  "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                    "code": "active"}]},
                  "code": %s, "subject": {"reference": "Patient/p1"}, "onsetDateTime": "%s"}}""".formatted(
                        problem.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        code(problem),
                        Man.NOW.toLocalDate().minusDays(20));
    }

    private static List<String> request(String id, String status, Therapy therapy, String medication, String dosage) {
        return request(id, status, therapy, medication, dosage, "");
    }

    private static List<String> request(
            String id, String status, Therapy therapy, String medication, String dosage, String more) {
        return List.of("""
                {"resource": {"resourceType": "MedicationRequest", "id": "%s", "status": "%s", "intent": "order",
                  "medicationCodeableConcept": %s, "subject": {"reference": "Patient/p1"}, "authoredOn": "%s",
                  "dosageInstruction": [%s]%s}}""".formatted(id, status, medication, therapy.since(), dosage, more));
    }

    /** What the man says that he takes. */
    private static List<String> taken(Man man) {
        var entries = new ArrayList<String>();
        man.testosterone().ifPresent(taken -> entries.add(statement("s1", Drug.TESTOSTERONE, taken)));
        man.anastrozole().ifPresent(taken -> entries.add(statement("s2", Drug.ANASTROZOLE, taken)));
        return entries;
    }

    private static String statement(String id, Drug drug, Therapy therapy) {
        return """
                {"resource": {"resourceType": "MedicationStatement", "id": "%s", "status": "active",
                  "medicationCodeableConcept": %s, "subject": {"reference": "Patient/p1"},
                  "effectivePeriod": {"start": "%s"}, "dosage": [%s]}}""".formatted(id, coded(drug), therapy.since(), dosage(drug, therapy));
    }

    private static String coded(Drug drug) {
        return """
                {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "%s", "display": "%s"}]}""".formatted(drug.product, drug.display);
    }

    private static String dosage(Drug drug, Therapy therapy) {
        return """
                {"timing": %s, "route": {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]},
                  "doseAndRate": [{"doseQuantity": {"value": %s, "unit": "mg",
                    "system": "http://unitsofmeasure.org", "code": "mg"}}]}""".formatted(weekly(therapy), drug.route, therapy.mg());
    }

    private static String weekly(Therapy therapy) {
        return """
                {"repeat": {"frequency": %d, "period": 1, "periodUnit": "wk"}}""".formatted(therapy.times());
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) RequestJson.exact().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
