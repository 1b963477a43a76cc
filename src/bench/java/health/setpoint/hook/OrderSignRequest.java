package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * An order-sign request of the size and shape that EHRs send: 20 results, 6 medication orders, 5 problems, the patient
 * and one draft, with the identifiers, second codings and references that no rule asks for.
 */
final class OrderSignRequest {

    private static final String PATIENT = "e63wRTbPfr1p8UW81d8Seiw3";
    private static final String LOINC = "http://loinc.org";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    private record Lab(String code, String name, String value, String unit, String low, String high, int daysAgo) {}

    private static final List<Lab> LABS = List.of(
            new Lab("2243-4", "Estradiol (E2) [Mass/volume] in Serum or Plasma", "58", "pg/mL", "8", "35", 9),
            new Lab("2243-4", "Estradiol (E2) [Mass/volume] in Serum or Plasma", "66", "pg/mL", "8", "35", 100),
            new Lab("2243-4", "Estradiol (E2) [Mass/volume] in Serum or Plasma", "71", "pg/mL", "8", "35", 190),
            new Lab("2986-8", "Testosterone [Mass/volume] in Serum or Plasma", "712", "ng/dL", "264", "916", 9),
            new Lab("2986-8", "Testosterone [Mass/volume] in Serum or Plasma", "655", "ng/dL", "264", "916", 100),
            new Lab("2986-8", "Testosterone [Mass/volume] in Serum or Plasma", "690", "ng/dL", "264", "916", 190),
            new Lab("4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count", "47.2", "%", "38", "51", 9),
            new Lab("4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count", "46.8", "%", "38", "51", 100),
            new Lab("718-7", "Hemoglobin [Mass/volume] in Blood", "15.8", "g/dL", "13.2", "17.1", 9),
            new Lab("2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma", "0.9", "ng/mL", "0", "4", 9),
            new Lab("2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma", "0.8", "ng/mL", "0", "4", 190),
            new Lab("1742-6", "Alanine aminotransferase [Enzymatic activity/volume]", "28", "U/L", "9", "46", 9),
            new Lab("1920-8", "Aspartate aminotransferase [Enzymatic activity/volume]", "24", "U/L", "10", "40", 9),
            new Lab("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "1.02", "mg/dL", "0.6", "1.29", 9),
            new Lab("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "94", "mg/dL", "65", "99", 9),
            new Lab("10501-5", "Lutropin [Units/volume] in Serum or Plasma", "0.2", "m[IU]/mL", "1.5", "9.3", 190),
            new Lab("13967-5", "Sex hormone binding globulin [Moles/volume]", "31", "nmol/L", "10", "50", 9),
            new Lab("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "184", "mg/dL", "125", "200", 190),
            new Lab("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "139", "mmol/L", "135", "146", 9),
            new Lab("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "4.3", "mmol/L", "3.5", "5.3", 9));

    private record Drug(String code, String name, String text, String route, String dose, String unit, String per) {}

    private static final List<Drug> DRUGS = List.of(
            new Drug(
                    "835840",
                    "testosterone cypionate 200 MG/ML Injectable Solution",
                    "Inject 120 mg into the muscle once a week",
                    "78421000",
                    "120",
                    "mg",
                    "wk"),
            new Drug(
                    "199224", "anastrozole 1 MG Oral Tablet", "Take 0.5 mg once a week", "26643006", "0.5", "mg", "wk"),
            new Drug("314076", "lisinopril 10 MG Oral Tablet", "Take 10 mg daily", "26643006", "10", "mg", "d"),
            new Drug("617310", "atorvastatin 20 MG Oral Tablet", "Take 20 mg at bedtime", "26643006", "20", "mg", "d"),
            new Drug("966221", "levothyroxine 0.05 MG Oral Tablet", "Take 50 mcg daily", "26643006", "50", "ug", "d"),
            new Drug("198211", "simvastatin 40 MG Oral Tablet", "Take 40 mg at bedtime", "26643006", "40", "mg", "d"));

    private record Problem(String snomed, String icd10, String name) {}

    private static final List<Problem> PROBLEMS = List.of(
            new Problem("4754008", "N62", "Gynecomastia"),
            new Problem("59621000", "I10", "Essential hypertension"),
            new Problem("55822004", "E78.5", "Hyperlipidemia"),
            new Problem("40930008", "E03.9", "Hypothyroidism"),
            new Problem("235595009", "K21.9", "Gastroesophageal reflux disease"));

    private final int times;
    private final LocalDate today;

    private OrderSignRequest(int times, LocalDate today) {
        this.times = times;
        this.today = today;
    }

    /** The request with so many times the results, orders and problems; what is added is older. */
    static byte[] of(int times, LocalDate today) {
        return new OrderSignRequest(times, today).json().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Resources in the request with so many times the results, orders and problems. */
    static int entries(int times) {
        return 2 + times * (LABS.size() + DRUGS.size() + PROBLEMS.size());
    }

    private ObjectNode json() {
        var request = object();
        request.put("hook", "order-sign")
                .put("hookInstance", uuid("call", 0))
                .put("fhirServer", "https://fhir.example.org/r4");
        var context = request.putObject("context");
        context.put("userId", "Practitioner/e3S7mVu0kF7v5Yf8fXZo3mQ3");
        context.put("patientId", PATIENT);
        context.put("encounterId", "eB9qg2.ySS0q8rKcgj1FqhQ3");
        var drafts =
                context.putObject("draftOrders").put("resourceType", "Bundle").put("type", "collection");
        drafts.putArray("entry").addObject().set("resource", draft());
        var prefetch = request.putObject("prefetch");
        prefetch.set("patient", patient());
        var labs = search(prefetch, "labs");
        var orders = search(prefetch, "medicationRequests");
        search(prefetch, "medicationStatements");
        var problems = search(prefetch, "conditions");
        List.of(
                        "observations",
                        "serviceRequests",
                        "allergies",
                        "medicationAdministrations",
                        "medicationDispenses",
                        "questionnaireResponses")
                .forEach(key -> search(prefetch, key));
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < LABS.size(); i++) {
                add(labs, lab(LABS.get(i), time, i));
            }
            for (int i = 0; i < DRUGS.size(); i++) {
                add(orders, order(DRUGS.get(i), time, i));
            }
            for (int i = 0; i < PROBLEMS.size(); i++) {
                add(problems, problem(PROBLEMS.get(i), time, i));
            }
        }
        return request;
    }

    private static ArrayNode search(ObjectNode prefetch, String key) {
        var bundle = prefetch.putObject(key).put("resourceType", "Bundle").put("type", "searchset");
        return bundle.putArray("entry");
    }

    private static void add(ArrayNode entries, ObjectNode resource) {
        var entry = entries.addObject();
        entry.put(
                "fullUrl",
                "https://fhir.example.org/r4/"
                        + resource.path("resourceType").textValue() + "/"
                        + resource.path("id").textValue());
        entry.set("resource", resource);
    }

    private ObjectNode patient() {
        var patient = resource("Patient", PATIENT);
        patient.putArray("identifier")
                .addObject()
                .put("system", "urn:oid:1.2.36.146.595.217.0.1")
                .put("value", "203711");
        patient.put("active", true);
        patient.putArray("name").addObject().put("text", "Sample Man").put("family", "Man");
        patient.put("gender", "male").put("birthDate", today.minusYears(46).toString());
        return patient;
    }

    private ObjectNode lab(Lab lab, int time, int place) {
        var at = today.minusDays(lab.daysAgo() + 30L * time);
        var result = resource("Observation", uuid("lab" + time, place));
        identifier(result, "order-result", "R" + time + "-" + place);
        result.put("status", "final");
        var category = result.putArray("category").addObject();
        coding(category, TERMINOLOGY + "observation-category", "laboratory", "Laboratory");
        var code = result.putObject("code");
        coding(code, LOINC, lab.code(), lab.name());
        coding(
                code,
                "urn:oid:1.2.840.114350.1.13.861.1.7.2.768282",
                "1557" + place,
                lab.name().toUpperCase());
        code.put("text", lab.name());
        subject(result);
        result.put("effectiveDateTime", at + "T13:05:00Z").put("issued", at + "T19:42:11Z");
        result.putArray("performer")
                .addObject()
                .put("reference", "Organization/lab-1")
                .put("display", "Main laboratory");
        quantity(result.putObject("valueQuantity"), lab.value(), lab.unit());
        coding(
                result.putArray("interpretation").addObject(),
                TERMINOLOGY + "v3-ObservationInterpretation",
                new BigDecimal(lab.value()).compareTo(new BigDecimal(lab.high())) > 0 ? "H" : "N",
                "High");
        var range = result.putArray("referenceRange").addObject();
        quantity(range.putObject("low"), lab.low(), lab.unit());
        quantity(range.putObject("high"), lab.high(), lab.unit());
        return result;
    }

    private ObjectNode order(Drug drug, int time, int place) {
        var order = resource("MedicationRequest", uuid("order" + time, place));
        identifier(order, "order", "O" + time + "-" + place);
        medication(order, drug, time == 0 ? "active" : "stopped", today.minusDays(200 + 60L * time));
        order.putObject("dispenseRequest")
                .put("numberOfRepeatsAllowed", 3)
                .putObject("validityPeriod")
                .put("start", today.minusDays(200 + 60L * time).toString());
        return order;
    }

    private ObjectNode draft() {
        var order = resource("MedicationRequest", "draft-1");
        medication(
                order,
                new Drug(
                        "199224", "anastrozole 1 MG Oral Tablet", "Take 1 mg once a week", "26643006", "1", "mg", "wk"),
                "draft",
                today);
        return order;
    }

    private void medication(ObjectNode order, Drug drug, String status, LocalDate authored) {
        order.put("status", status).put("intent", "order");
        coding(
                order.putArray("category").addObject(),
                TERMINOLOGY + "medicationrequest-category",
                "community",
                "Community");
        var medication = order.putObject("medicationCodeableConcept");
        coding(medication, RXNORM, drug.code(), drug.name());
        coding(medication, "http://hl7.org/fhir/sid/ndc", "00093-7536-" + drug.code(), drug.name());
        medication.put("text", drug.name());
        subject(order);
        order.put("authoredOn", authored.toString());
        order.putObject("requester")
                .put("reference", "Practitioner/e3S7mVu0kF7v5Yf8fXZo3mQ3")
                .put("type", "Practitioner");
        var dosage = order.putArray("dosageInstruction").addObject();
        dosage.put("text", drug.text()).put("patientInstruction", drug.text());
        var repeat = dosage.putObject("timing").putObject("repeat");
        repeat.put("frequency", 1).put("period", 1).put("periodUnit", drug.per());
        repeat.putObject("boundsPeriod").put("start", authored.toString());
        dosage.put("asNeededBoolean", false);
        coding(dosage.putObject("route"), SNOMED, drug.route(), "Route");
        quantity(dosage.putArray("doseAndRate").addObject().putObject("doseQuantity"), drug.dose(), drug.unit());
    }

    private ObjectNode problem(Problem problem, int time, int place) {
        var condition = resource("Condition", uuid("problem" + time, place));
        identifier(condition, "problem", "P" + time + "-" + place);
        coding(condition.putObject("clinicalStatus"), TERMINOLOGY + "condition-clinical", "active", "Active");
        coding(
                condition.putObject("verificationStatus"),
                TERMINOLOGY + "condition-ver-status",
                "confirmed",
                "Confirmed");
        var category = condition.putArray("category").addObject();
        coding(category, TERMINOLOGY + "condition-category", "problem-list-item", "Problem List Item");
        var code = condition.putObject("code");
        coding(code, SNOMED, problem.snomed(), problem.name());
        coding(code, "http://hl7.org/fhir/sid/icd-10-cm", problem.icd10(), problem.name());
        code.put("text", problem.name());
        subject(condition);
        condition
                .put("onsetDateTime", today.minusDays(240 + 10L * time).toString())
                .put("recordedDate", today.minusDays(230 + 10L * time).toString());
        return condition;
    }

    // --- elements ---

    private static ObjectNode resource(String type, String id) {
        var resource = object().put("resourceType", type).put("id", id);
        resource.putObject("meta").put("versionId", "1").put("lastUpdated", "2026-01-05T10:12:13.000Z");
        return resource;
    }

    private static void identifier(ObjectNode resource, String kind, String value) {
        resource.putArray("identifier")
                .addObject()
                .put("system", "urn:oid:1.2.840.114350.1.13.861.1." + kind)
                .put("value", value);
    }

    private static void subject(ObjectNode resource) {
        resource.putObject("subject").put("reference", "Patient/" + PATIENT);
    }

    private static void coding(ObjectNode concept, String system, String code, String display) {
        concept.withArray("coding")
                .addObject()
                .put("system", system)
                .put("code", code)
                .put("display", display);
    }

    private static void quantity(ObjectNode quantity, String value, String unit) {
        quantity.put("value", new BigDecimal(value))
                .put("unit", unit)
                .put("system", UCUM)
                .put("code", unit);
    }

    private static String uuid(String kind, int place) {
        return UUID.nameUUIDFromBytes((kind + place).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
