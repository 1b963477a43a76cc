package health.setpoint.hook.request;

import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.titration.facts.Hook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The CDS services on offer: one id per hook, since common clients tell services apart by their URL. */
public enum CdsService {
    ORDER_SELECT(
            "titration-order-select",
            Hook.ORDER_SELECT,
            "Anastrozole on testosterone: while an order is being chosen",
            "Judges a selected order for anastrozole, testosterone or a drug that interacts with them in a man on"
                    + " testosterone: what estradiol, testosterone, symptoms and current drugs imply for starting,"
                    + " continuing, raising, lowering or holding anastrozole, and which labs are due."),
    ORDER_SIGN(
            "titration-order-sign",
            Hook.ORDER_SIGN,
            "Anastrozole on testosterone: before orders are signed",
            "Judges all orders about to be signed: anastrozole, testosterone and drugs that interact with them in a man"
                    + " on testosterone, with safety limits, the dose that the results support, and recheck dates."),
    PATIENT_VIEW(
            "titration-patient-view",
            Hook.PATIENT_VIEW,
            "Anastrozole on testosterone: when the chart is opened",
            "Shows what new results mean for a man on testosterone with or without anastrozole, and which labs are due."
                    + " Read-only: no suggestions.");

    private static final List<CdsService> ALL = List.of(values());

    private final String id;
    private final Hook hook;
    private final String title;
    private final String description;

    CdsService(String id, Hook hook, String title, String description) {
        this.id = id;
        this.hook = hook;
        this.title = title;
        this.description = description;
    }

    public static Optional<CdsService> byId(String id) {
        for (var service : ALL) {
            if (service.id.equals(id)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    /** The word of each service's hook by the service's id. */
    public static Map<String, String> hooksById() {
        Map<String, String> hooks = new LinkedHashMap<>();
        for (var service : values()) {
            hooks.put(service.id, service.hook.word());
        }
        return hooks;
    }

    /** The service of this id, or a 404 that names where to look. */
    public static CdsService called(String id) {
        return byId(id).orElseThrow(CdsService::unknown);
    }

    static RequestException unknown() {
        return new RequestException(
                404,
                Issue.of(
                        Issue.Kind.NOT_FOUND,
                        "There is no CDS service of this id. GET /cds-services lists the ids on offer."));
    }

    public String id() {
        return id;
    }

    public Hook hook() {
        return hook;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }
}
