package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One file, JSON or not, in every place of a call where an EHR puts a resource. */
final class FhirTestCase {

    private static final PrefetchKeys KEYS = new PrefetchKeys(Knowledge.load().terminology());
    private static final Pattern PATIENT = Pattern.compile("\"Patient/([A-Za-z0-9.-]{1,64})\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([A-Za-z0-9.-]{1,64})\"");
    private static final String PLACE = "\"@here@\"";

    private FhirTestCase() {}

    /** Every call is answered with cards, or refused; returns how many were answered. */
    static int judge(byte[] file) {
        var text = new String(file, StandardCharsets.UTF_8);
        var answered = 0;
        for (var patient : patients(text)) {
            for (var call : List.of(asValue(patient), inSearch(patient))) {
                var body = call.toString().replace(PLACE, text).getBytes(StandardCharsets.UTF_8);
                answered += Judged.body(body).isPresent() ? 1 : 0;
            }
        }
        return answered;
    }

    /** Whom the file may be about, so that it is read and not refused as another man's. */
    private static Set<String> patients(String text) {
        var ids = new LinkedHashSet<String>();
        ids.add("1");
        var named = PATIENT.matcher(text);
        if (named.find()) {
            ids.add(named.group(1));
        }
        var id = ID.matcher(text);
        if (id.find()) {
            ids.add(id.group(1));
        }
        return ids;
    }

    /** The file as the value of every prefetch key. */
    private static ObjectNode asValue(String patient) {
        var call = call(CdsService.PATIENT_VIEW, patient);
        var prefetch = call.putObject("prefetch");
        KEYS.forHook(CdsService.PATIENT_VIEW.hook()).forEach(key -> prefetch.put(key.name(), "@here@"));
        return call;
    }

    /** The file as the one entry of every search, and of the drafts. */
    private static ObjectNode inSearch(String patient) {
        var call = call(CdsService.ORDER_SIGN, patient);
        call.withObject("/context").set("draftOrders", search());
        var prefetch = call.putObject("prefetch");
        KEYS.forHook(CdsService.ORDER_SIGN.hook()).forEach(key -> prefetch.set(key.name(), search()));
        prefetch.putObject("patient")
                .put("resourceType", "Patient")
                .put("id", patient)
                .put("gender", "male");
        return call;
    }

    private static ObjectNode call(CdsService service, String patient) {
        var call = JsonNodeFactory.instance
                .objectNode()
                .put("hook", service.hook().word())
                .put("hookInstance", "8d2f3e2a-6c58-4b0e-9a51-0c9a2f5d7b10");
        call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
        return call;
    }

    private static ObjectNode search() {
        var bundle = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Bundle")
                .put("type", "searchset");
        bundle.putArray("entry").addObject().put("resource", "@here@");
        return bundle;
    }
}
