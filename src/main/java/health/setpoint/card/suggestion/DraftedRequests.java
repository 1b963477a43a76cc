package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.CardCodes;
import health.setpoint.card.json.EncodedShapes;
import health.setpoint.card.text.Wording;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Regimen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;

/**
 * What a card drafts anew, as FHIR R4: orders of anastrozole and requests for tests. HAPI writes all that is the same for
 * every patient; patient, user and days are set in a copy.
 */
public final class DraftedRequests {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final Pattern PRACTITIONER = Pattern.compile("Practitioner(Role)?/[A-Za-z0-9.-]{1,64}");

    /** Stand where patient, user and days of a call are set. */
    private static final String SOMEONE = "Patient/someone";

    private static final String SOME_USER = "Practitioner/someone";
    private static final LocalDate SOME_DAY = LocalDate.EPOCH;

    /** All that tells one order from another but patient, user, days and a statement that it replaces. */
    private record OrderShape(CardCodes.Coding orderable, DosageShape dosage, String note, boolean requested) {}

    /** All that tells one instruction from another but its day. */
    private record DosageShape(Regimen regimen, String text) {}

    /** All that tells one request from another but patient, user and days. */
    private record RequestShape(
            CardCodes.Coding category,
            CardCodes.Coding orderable,
            String text,
            List<String> notes,
            boolean requested) {}

    private final CardCodes codes;
    private final Terminology terminology;
    private final EncodedShapes shapes;
    private final Wording wording;
    private final CardContext context;
    /** A practitioner asks; a patient or a related person requests no order. */
    private final boolean requested;

    public DraftedRequests(
            CardCodes codes, Terminology terminology, EncodedShapes shapes, Wording wording, CardContext context) {
        this.codes = codes;
        this.terminology = terminology;
        this.shapes = shapes;
        this.wording = wording;
        this.context = context;
        this.requested = PRACTITIONER.matcher(context.userId()).matches();
    }

    /** A new draft of anastrozole. */
    ObjectNode order(OrderAction.CreateOrder create) {
        return order(create, codes.orderable());
    }

    /** A new draft of anastrozole by the entry of a list. */
    ObjectNode order(OrderAction.CreateOrder create, CardCodes.Coding orderable) {
        OrderShape shape = new OrderShape(
                orderable, dosage(create.regimen(), true), wording.words("resource_off_label"), requested);
        ObjectNode order = shapes.copy(shape, () -> order(shape));
        address(order);
        create.replacesStatement()
                .ifPresent(statement -> order.withArray("note").addObject().put("text", wording.replaces(statement)));
        begin((ObjectNode) order.path("dosageInstruction").path(0));
        return order;
    }

    private static MedicationRequest order(OrderShape shape) {
        MedicationRequest order = new MedicationRequest()
                .setStatus(MedicationRequest.MedicationRequestStatus.DRAFT)
                .setIntent(MedicationRequest.MedicationRequestIntent.ORDER)
                .setMedication(concept(shape.orderable(), shape.orderable().display()))
                .setSubject(new Reference(SOMEONE))
                .setAuthoredOnElement(date(SOME_DAY))
                .addDosageInstruction(dosage(shape.dosage()));
        if (shape.requested()) {
            order.setRequester(new Reference(SOME_USER));
        }
        order.addNote().setText(shape.note());
        return order;
    }

    /** The instruction of a dose from today on, as it stands in an order. */
    ObjectNode instruction(Regimen regimen, boolean byTablet) {
        DosageShape shape = dosage(regimen, byTablet);
        ObjectNode order = shapes.copy(shape, () -> new MedicationRequest().addDosageInstruction(dosage(shape)));
        ObjectNode instruction = (ObjectNode) order.path("dosageInstruction").path(0);
        begin(instruction);
        return instruction;
    }

    /** A draft request for one test. */
    ObjectNode request(LabTest test, Recheck recheck) {
        Code code = isByMassSpectrometry(test, recheck)
                ? terminology.orderCode(test, Assay.MASS_SPECTROMETRY)
                : terminology.orderCode(test);
        return request(test, recheck, new CardCodes.Coding(code.system(), code.code(), code.display()));
    }

    /** A draft request for one test by the entry of a list. */
    ObjectNode request(LabTest test, Recheck recheck, CardCodes.Coding orderable) {
        boolean massSpectrometry = isByMassSpectrometry(test, recheck);
        List<String> notes = new ArrayList<>();
        if (Wording.asksForHormones(List.of(test))) {
            notes.add(wording.sampling(recheck));
        }
        if (massSpectrometry) {
            notes.add(wording.words("resource_mass_spectrometry"));
        }
        RequestShape shape = new RequestShape(
                test == LabTest.DXA ? codes.imaging() : codes.laboratory(),
                orderable,
                wording.lab(test, massSpectrometry),
                List.copyOf(notes),
                requested);
        ObjectNode request = shapes.copy(shape, () -> request(shape));
        address(request);
        ((ObjectNode) request.path("occurrencePeriod"))
                .put("start", recheck.window().from().toString())
                .put("end", recheck.window().to().toString());
        return request;
    }

    private static ServiceRequest request(RequestShape shape) {
        ServiceRequest request = new ServiceRequest()
                .setStatus(ServiceRequest.ServiceRequestStatus.DRAFT)
                .setIntent(ServiceRequest.ServiceRequestIntent.ORDER)
                .addCategory(concept(shape.category(), shape.category().display()))
                .setCode(concept(shape.orderable(), shape.text()))
                .setSubject(new Reference(SOMEONE))
                .setOccurrence(new Period().setStartElement(date(SOME_DAY)).setEndElement(date(SOME_DAY)))
                .setAuthoredOnElement(date(SOME_DAY));
        if (shape.requested()) {
            request.setRequester(new Reference(SOME_USER));
        }
        shape.notes().forEach(note -> request.addNote().setText(note));
        return request;
    }

    private static boolean isByMassSpectrometry(LabTest test, Recheck recheck) {
        return test == LabTest.ESTRADIOL && recheck.massSpectrometry();
    }

    private DosageShape dosage(Regimen regimen, boolean byTablet) {
        return new DosageShape(regimen, wording.dosing(regimen, byTablet));
    }

    private static Dosage dosage(DosageShape shape) {
        Timing timing = new Timing();
        timing.getRepeat()
                .setBounds(new Period().setStartElement(date(SOME_DAY)))
                .setFrequency(shape.regimen().timesPerWeek())
                .setPeriod(1)
                .setPeriodUnit(Timing.UnitsOfTime.WK);
        Dosage dosage = new Dosage().setText(shape.text()).setTiming(timing);
        dosage.addDoseAndRate()
                .setDose(new Quantity()
                        .setValue(shape.regimen().mgPerIntake().stripTrailingZeros())
                        .setUnit("mg")
                        .setSystem(UCUM)
                        .setCode("mg"));
        return dosage;
    }

    private static CodeableConcept concept(CardCodes.Coding coding, String text) {
        return new CodeableConcept(new Coding(coding.system(), coding.code(), coding.display())).setText(text);
    }

    private static DateTimeType date(LocalDate day) {
        return new DateTimeType(day.toString());
    }

    private void begin(ObjectNode instruction) {
        ((ObjectNode) instruction.path("timing").path("repeat").path("boundsPeriod"))
                .put("start", context.today().toString());
    }

    private void address(ObjectNode request) {
        ((ObjectNode) request.path("subject")).put("reference", "Patient/" + context.patientId());
        request.put("authoredOn", context.today().toString());
        if (requested) {
            ((ObjectNode) request.path("requester")).put("reference", context.userId());
        }
    }
}
