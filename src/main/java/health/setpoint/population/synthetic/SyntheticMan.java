package health.setpoint.population.synthetic;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;

/** One invented man and all that his EHR keeps of him. */
final class SyntheticMan {

    private static final String LOINC = "http://loinc.org";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String LOCAL = "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.0";

    /** How prescribers write half a milligram twice a week, and what they write instead. */
    private static final String[] SIGS = {
        "Take 0.5 mg twice weekly",
        "Take 0.5 tablet (0.5 mg) by mouth 2 (two) times a week.",
        "0.5 mg = 0.5 tab(s), Oral, 2x/Week, # 12 tab(s), 3 Refill(s)",
        "take 0.5 tablet by oral route every 3.5 days",
        "0,5 mg twice weekly",
        ",5 mg twice weekly",
        "0.5 mg po biw",
        "Take 1 tablet (1 mg) by mouth every other Monday",
        "0.5 mg Tu/Th/Sat",
        "1 mg M, Tu, W, Th and Fri",
        "0.5 mg weekly, alternate weeks",
        "Take one (1) tablet by mouth once weekly",
        "1 mg twice weekly",
        "1 mg once weekly",
        "0.5 mg every 7-10 days",
        "1-0-0-0",
        "Take 0.5 mg twice weekly for 4 weeks then 1 mg every day",
        "as directed"
    };

    private static final String[][] OTHER_RESULTS = {
        {"2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL"},
        {"2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L"},
        {"2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L"},
        {"3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma", "mg/dL"},
        {"6690-2", "Leukocytes [#/volume] in Blood by Automated count", "10*3/uL"},
        {"777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL"},
        {"8480-6", "Systolic blood pressure", "mm[Hg]"},
        {"8462-4", "Diastolic blood pressure", "mm[Hg]"},
        {"8867-4", "Heart rate", "/min"},
        {"29463-7", "Body weight", "kg"},
        {"8302-2", "Body height", "cm"},
        {"72514-3", "Pain severity - 0-10 verbal numeric rating", "{score}"}
    };

    private static final String[][] OTHER_PROBLEMS = {
        {"38341003", "Hypertensive disorder"},
        {"44054006", "Diabetes mellitus type 2"},
        {"55822004", "Hyperlipidemia"},
        {"195967001", "Asthma"},
        {"444814009", "Viral sinusitis"},
        {"162864005", "Body mass index 30+ - obesity"}
    };

    private static final String[][] OTHER_DRUGS = {
        {"314076", "lisinopril 10 MG Oral Tablet"},
        {"860975", "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"},
        {"617310", "atorvastatin 20 MG Oral Tablet"},
        {"308136", "amlodipine 2.5 MG Oral Tablet"}
    };

    private static final String[] COMMON_TYPES = {"Encounter", "Immunization", "Claim", "ExplanationOfBenefit"};

    private final Random random;
    private final String id;
    private final int number;
    private final LocalDate today;
    private final ExportFiles files;
    private int written;

    SyntheticMan(long seed, int number, LocalDate today, ExportFiles files) {
        this.random = new Random(seed * 31_000_003L + number);
        this.id = id(seed, number);
        this.number = number;
        this.today = today;
        this.files = files;
    }

    static String id(long seed, int number) {
        return "man-" + seed + "-" + number;
    }

    void write(int resources) {
        var birth = today.minusDays(25 * 365 + random.nextInt(50 * 365));
        line(
                "Patient",
                "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"gender\":\"male\",\"birthDate\":\"" + birth
                        + "\",\"name\":[{\"family\":\"Invented\",\"given\":[\"Number " + number + "\"]}]"
                        + (odds(100) ? ",\"deceasedDateTime\":\"" + days(200) + "\"" : "") + "}");
        var isTreated = !odds(8);
        if (isTreated) {
            testosterone();
        }
        if (isTreated ? random.nextInt(100) < 55 : odds(20)) {
            inhibitor();
        }
        hormones();
        safetyResults();
        problems();
        rest(resources);
    }

    // --- what the rules ask for

    private void testosterone() {
        var since = days(60 + random.nextInt(900));
        var mg = 80 + 20 * random.nextInt(5);
        order(
                "t-" + id,
                "active",
                coded(RXNORM, "835840", "testosterone cypionate 200 MG/ML Injectable Solution"),
                since,
                odds(3) ? mg + " mg IM once weekly" : "Inject " + mg + " mg into the muscle once a week.",
                "");
        for (int i = 0; i < 4; i++) {
            line(
                    "MedicationAdministration",
                    "{\"resourceType\":\"MedicationAdministration\",\"id\":\"i-" + id + "-" + i
                            + "\",\"status\":\"completed\",\"medicationCodeableConcept\":"
                            + coded(RXNORM, "835840", "testosterone cypionate 200 MG/ML Injectable Solution")
                            + ",\"subject\":"
                            + subject() + ",\"effectiveDateTime\":\"" + today.minusDays(3 + 7L * i)
                            + "\",\"dosage\":{\"dose\":{\"value\":" + mg + ",\"unit\":\"mg\"}}}");
        }
    }

    private void inhibitor() {
        var since = days(20 + random.nextInt(700));
        var sig = SIGS[odds(2) ? random.nextInt(4) : random.nextInt(SIGS.length)];
        var tablet = coded(RXNORM, "199224", "anastrozole 1 MG Oral Tablet");
        switch (random.nextInt(12)) {
            case 0 -> statement(tablet, since, sig, "active");
            case 1 -> statement(tablet, since, sig, "not-taken");
            case 2 -> separate(since, sig);
            case 3 -> contained(since, sig);
            case 4 ->
                order("a-" + id, "active", "{\"text\":\"Anastrozole 0.25 mg capsule (compounded)\"}", since, sig, "");
            case 5 -> order("a-" + id, "on-hold", tablet, since, sig, "");
            case 6 -> {
                order("a-" + id, "active", tablet, since, sig, "");
                order("l-" + id, "active", "{\"text\":\"letrozole 2.5 mg tablet\"}", since, "2.5 mg once weekly", "");
            }
            default -> order("a-" + id, odds(12) ? "stopped" : "active", tablet, since, sig, "");
        }
    }

    /** As Epic exports it: the Medication is a line of another file. */
    private void separate(LocalDate since, String sig) {
        line(
                "Medication",
                "{\"resourceType\":\"Medication\",\"id\":\"m-" + id + "\",\"code\":"
                        + coded(RXNORM, "199224", "anastrozole 1 MG Oral Tablet") + "}");
        line(
                "MedicationRequest",
                request(
                        "a-" + id,
                        "active",
                        since,
                        sig,
                        "\"medicationReference\":{\"reference\":\"https://ehr.example/fhir/Medication/m-" + id
                                + "\",\"display\":\"anastrozole (ARIMIDEX) 1 mg tablet\"}",
                        ""));
    }

    private void contained(LocalDate since, String sig) {
        line(
                "MedicationRequest",
                request(
                        "a-" + id,
                        "active",
                        since,
                        sig,
                        "\"medicationReference\":{\"reference\":\"#m\"}",
                        ",\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":"
                                + coded(RXNORM, "199224", "anastrozole 1 MG Oral Tablet") + "}]"));
    }

    private void statement(String drug, LocalDate since, String sig, String status) {
        line(
                "MedicationStatement",
                "{\"resourceType\":\"MedicationStatement\",\"id\":\"s-" + id + "\",\"status\":\"" + status
                        + "\",\"medicationCodeableConcept\":" + drug + ",\"subject\":" + subject()
                        + ",\"effectivePeriod\":{\"start\":\"" + since + "\"},\"dosage\":[{\"text\":\"" + sig
                        + "\"}]}");
    }

    private void hormones() {
        var count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            var drawn = days(5 + 90 * i + random.nextInt(60));
            var estradiol = Math.max(3, 38 + random.nextGaussian() * 22);
            estradiol(i, drawn, estradiol);
            result(
                    "t-" + id + "-" + i,
                    coded(LOINC, "2986-8", "Testosterone [Mass/volume] in Serum or Plasma"),
                    drawn,
                    quantity(String.format(Locale.ROOT, "%.0f", 250 + random.nextInt(1100) * 1.0), "ng/dL"),
                    "");
        }
    }

    private void estradiol(int i, LocalDate drawn, double pg) {
        var name = "Estradiol (E2) [Mass/volume] in Serum or Plasma";
        var method = odds(2) ? ",\"method\":{\"text\":\"LC-MS/MS\"}" : "";
        var code = coded(LOINC, "2243-4", name);
        var value = quantity(String.format(Locale.ROOT, "%.1f", pg), "pg/mL");
        switch (random.nextInt(24)) {
            case 0 -> code = coded(LOCAL, "17220", "ESTRADIOL, SENSITIVE");
            case 1 -> value = "\"valueQuantity\":{\"value\":" + (int) pg + "}";
            case 2 -> value = "\"valueCodeableConcept\":{\"text\":\"<5.0 pg/mL\"}";
            case 3 -> value = "\"valueString\":\"<5.0 pg/mL\"";
            case 4 -> {
                code = coded(LOINC, "14715-7", "Estradiol (E2) [Moles/volume] in Serum or Plasma");
                value = quantity(String.format(Locale.ROOT, "%.0f", pg * 3.671), "pmol/L");
            }
            case 5 -> value = "\"valueString\":\"QNS\"";
            case 6 ->
                code = "{\"coding\":[{\"system\":\"" + LOINC
                        + "\",\"code\":\"2243-4\"}],\"text\":\"Estrogens, Total\"}";
            default -> {}
        }
        result("e2-" + id + "-" + i, code, drawn, value, method);
    }

    private void safetyResults() {
        if (!odds(4)) {
            var hematocrit = 42 + random.nextGaussian() * 5;
            result(
                    "h-" + id,
                    coded(LOINC, "4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count"),
                    days(10 + random.nextInt(500)),
                    odds(15)
                            ? quantity(String.format(Locale.ROOT, "%.2f", hematocrit / 100), "L/L")
                            : quantity(String.format(Locale.ROOT, "%.1f", hematocrit), "%"),
                    "");
        }
        if (odds(2)) {
            result(
                    "p-" + id,
                    coded(LOINC, "2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma"),
                    days(10 + random.nextInt(700)),
                    quantity(String.format(Locale.ROOT, "%.1f", Math.abs(random.nextGaussian() * 2)), "ng/mL"),
                    "");
        }
        if (odds(3)) {
            result(
                    "c-" + id,
                    coded(LOINC, "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma"),
                    days(10 + random.nextInt(700)),
                    quantity("" + (150 + random.nextInt(100)), "mg/dL"),
                    "");
        }
    }

    private void problems() {
        if (odds(7)) {
            problem("4754008", "Gynecomastia");
        }
        if (odds(12)) {
            problem("8357008", "Reduced libido");
        }
        if (odds(25)) {
            problem("64859006", "Osteoporosis");
        }
        if (odds(90)) {
            problem("399068003", "Malignant tumor of prostate");
        }
    }

    // --- what no rule asks for

    private void rest(int resources) {
        while (written < resources) {
            var kind = random.nextInt(100);
            if (kind < 55) {
                var which = random.nextInt(OTHER_RESULTS.length);
                var other = OTHER_RESULTS[which];
                var code = odds(30)
                        ? coded(LOCAL, "L" + which, "LOCAL PANEL " + other[1])
                        : coded(LOINC, other[0], other[1]);
                result(
                        "o-" + id + "-" + written,
                        code,
                        days(random.nextInt(2000)),
                        quantity("" + (50 + random.nextInt(100)), other[2]),
                        "");
            } else if (kind < 62) {
                var other = OTHER_PROBLEMS[random.nextInt(OTHER_PROBLEMS.length)];
                problem(other[0], other[1]);
            } else if (kind < 68) {
                var other = OTHER_DRUGS[random.nextInt(OTHER_DRUGS.length)];
                order(
                        "r-" + id + "-" + written,
                        "completed",
                        coded(RXNORM, other[0], other[1]),
                        days(random.nextInt(2000)),
                        "Take 1 tablet by mouth daily.",
                        "");
            } else if (kind < 75) {
                line(
                        "DiagnosticReport",
                        "{\"resourceType\":\"DiagnosticReport\",\"id\":\"d-" + id + "-" + written
                                + "\",\"status\":\"final\",\"code\":"
                                + coded(LOINC, "51990-0", "Basic metabolic panel - Blood")
                                + ",\"subject\":" + subject() + ",\"effectiveDateTime\":\"" + days(random.nextInt(2000))
                                + "\",\"result\":[{\"reference\":\"Observation/o-" + id
                                + "-1\",\"display\":\"Glucose\"}]}");
            } else {
                var type = COMMON_TYPES[random.nextInt(COMMON_TYPES.length)];
                line(
                        type,
                        "{\"resourceType\":\"" + type + "\",\"id\":\"x-" + id + "-" + written
                                + "\",\"status\":\"finished\",\"class\":{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"AMB\"},\"type\":[{\"coding\":[{\"system\":\""
                                + SNOMED
                                + "\",\"code\":\"162673000\",\"display\":\"General examination of patient (procedure)\"}],\"text\":\"General examination of patient (procedure)\"}],\"subject\":"
                                + subject() + ",\"patient\":" + subject() + ",\"period\":{\"start\":\""
                                + days(random.nextInt(2000))
                                + "T08:00:00Z\",\"end\":\"" + days(random.nextInt(2000))
                                + "T08:15:00Z\"},\"participant\":[{\"individual\":{\"reference\":\"Practitioner/p1\",\"display\":\"Dr. Invented\"}}]}");
            }
        }
    }

    // --- how it is written

    private void order(String orderId, String status, String drug, LocalDate since, String sig, String more) {
        line("MedicationRequest", request(orderId, status, since, sig, "\"medicationCodeableConcept\":" + drug, more));
    }

    private String request(String orderId, String status, LocalDate since, String sig, String drug, String more) {
        return "{\"resourceType\":\"MedicationRequest\",\"id\":\"" + orderId + "\",\"status\":\"" + status
                + "\",\"intent\":\"order\"," + drug + ",\"subject\":" + subject() + ",\"authoredOn\":\"" + since
                + "\",\"dosageInstruction\":[{\"text\":\"" + sig + "\"}]" + more + "}";
    }

    private void result(String resultId, String code, LocalDate drawn, String value, String more) {
        line(
                "Observation",
                "{\"resourceType\":\"Observation\",\"id\":\"" + resultId
                        + "\",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"" + drawn
                        + "T12:00:00Z\"},\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"laboratory\",\"display\":\"Laboratory\"}]}],\"code\":"
                        + code + ",\"subject\":" + subject() + ",\"encounter\":{\"reference\":\"Encounter/x-" + id
                        + "-1\"},\"effectiveDateTime\":\"" + drawn + "T08:05:00+00:00\",\"issued\":\"" + drawn
                        + "T18:05:00+00:00\"," + value
                        + more + "}");
    }

    private void problem(String code, String name) {
        line(
                "Condition",
                "{\"resourceType\":\"Condition\",\"id\":\"k-" + id + "-" + written
                        + "\",\"clinicalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"active\"}]},\"code\":"
                        + coded(SNOMED, code, name) + ",\"subject\":" + subject() + ",\"onsetDateTime\":\""
                        + days(30 + random.nextInt(900))
                        + "\"}");
    }

    /** References as exports have them: mostly with the type, some absolute, some without a type. */
    private String subject() {
        var reference = odds(12) ? id : odds(10) ? "https://ehr.example/fhir/Patient/" + id : "Patient/" + id;
        return "{\"reference\":\"" + reference + "\"}";
    }

    private static String coded(String system, String code, String display) {
        return "{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\",\"display\":\"" + display
                + "\"}],\"text\":\"" + display + "\"}";
    }

    private static String quantity(String value, String unit) {
        return "\"valueQuantity\":{\"value\":" + value + ",\"unit\":\"" + unit
                + "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"" + unit + "\"}";
    }

    private LocalDate days(int ago) {
        return today.minusDays(ago);
    }

    /** Once in so many times. */
    private boolean odds(int times) {
        return random.nextInt(times) == 0;
    }

    private void line(String type, String line) {
        written++;
        files.line(
                type.equals("Observation") && number % 2 == 1 ? "Observation.001.ndjson.gz" : type + ".000.ndjson",
                line);
    }
}
