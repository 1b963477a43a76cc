package health.setpoint.client.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.card.suggestion.Orderables;
import health.setpoint.card.suggestion.OverrideReasons;
import health.setpoint.card.text.CardDetail;
import health.setpoint.card.text.Languages;
import health.setpoint.chart.fetch.FhirLimits;
import health.setpoint.chart.fetch.FhirOrigins;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.prefetch.LabSearch;
import health.setpoint.client.CallLimits;
import health.setpoint.client.Client;
import health.setpoint.client.Mode;
import health.setpoint.client.Permission;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.SmartApp;
import health.setpoint.client.token.KeySet;
import health.setpoint.client.token.RegisteredClient;
import health.setpoint.client.token.SigningAlgorithm;
import health.setpoint.client.token.Trust;
import health.setpoint.knowledge.parameter.PolicyCalendar;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.knowledge.yaml.KnowledgeException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads one client's file: a registration, or every fault that it has. */
final class ClientFile {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PRINTED = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Pattern PLAIN_FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.json");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1\\]|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern LINK_LOCAL = Pattern.compile("169\\.254\\..*|\\[fe[89ab].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
    private static final String BY_CODES = "codes";
    private static final String BY_CATEGORY = "category";
    private static final int MOST_MUTED_DAYS = 365;
    private static final int MOST_CALLS = 100_000;
    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(50);
    /** With a second more for everything else within what is left to a call when the service stops. */
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(4);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /**
     * What a file came to.
     *
     * @param registration empty where there is any fault
     */
    record Read(Optional<RegisteredClient> registration, List<ClientFileFault> faults) {
        Read {
            faults = List.copyOf(faults);
        }
    }

    private final Map<String, byte[]> folder;
    private final ServiceCatalog catalog;
    private final List<ClientFileFault> faults = new ArrayList<>();

    private ClientFile(Map<String, byte[]> folder, ServiceCatalog catalog) {
        this.folder = folder;
        this.catalog = catalog;
    }

    /**
     * Reads the file of this name.
     *
     * @param folder every file of the folder by its name; key sets and code maps are looked for there only
     */
    static Read read(String name, Map<String, byte[]> folder, ServiceCatalog catalog) {
        var reader = new ClientFile(folder, catalog);
        var registration = reader.file(name);
        return new Read(reader.faults.isEmpty() ? registration : Optional.empty(), reader.faults);
    }

    private Optional<RegisteredClient> file(String name) {
        String yaml;
        try {
            yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(folder.get(name)))
                    .toString();
        } catch (CharacterCodingException notText) {
            faults.add(new ClientFileFault(name, 1, "", "not UTF-8"));
            return Optional.empty();
        }
        return Field.read(name, yaml, faults).flatMap(Field::mapping).flatMap(this::registration);
    }

    private Optional<RegisteredClient> registration(Field file) {
        var name = file.required("name", "what the client is called in the journal and in logs")
                .flatMap(this::name);
        var mode = file.required("mode", "off, shadow, safety-only or full").flatMap(this::mode);
        var local = httpOnThisMachine(file);
        var trust = trust(file, local);
        var servers = servers(file, local);
        var site = site(file, servers);
        var app = name.flatMap(called -> app(file, called, servers, local));
        var services = services(file);
        var orderables = orderables(file);
        var style = style(file, orderables);
        var choices = choices(file, mode);
        var policies = calendar(file.optional("policy").orElse(file), choices);
        var muteDays = file.optional("mute-days").flatMap(days -> days.whole(0, MOST_MUTED_DAYS));
        var limits = limits(file);
        var may = may(file);
        file.refuseOthers();
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RegisteredClient(
                new Client(
                        name.orElseThrow(),
                        mode.orElseThrow(),
                        services,
                        style.orElseThrow(),
                        site.orElseThrow(),
                        choices,
                        policies.orElseThrow(),
                        muteDays.orElse(catalog.muteDays()),
                        limits,
                        may,
                        app),
                trust.orElseThrow(),
                orderables));
    }

    private Optional<String> name(Field field) {
        return field.text().filter(text -> {
            var fit = NAME.matcher(text).matches() && !text.equals(Client.LOCAL);
            if (!fit) {
                field.refuse("is small letters, digits and hyphens, at most 63, and not the word local");
            }
            return fit;
        });
    }

    private Optional<Mode> mode(Field field) {
        return field.text().flatMap(text -> {
            var mode = Mode.called(text);
            if (mode.isEmpty()) {
                field.refuse("is off, shadow, safety-only or full");
            }
            return mode;
        });
    }

    private boolean httpOnThisMachine(Field file) {
        return file.optional("http-on-this-machine")
                .flatMap(field -> field.text().map(text -> {
                    if (!text.equals("allowed-for-trying")) {
                        field.refuse("is the words allowed-for-trying, or left out");
                    }
                    return true;
                }))
                .orElse(false);
    }

    private Optional<Trust> trust(Field file, boolean local) {
        var issuer = file.required("issuer", "the iss of the client's tokens").flatMap(this::issuer);
        var tenant = file.optional("tenant").map(field -> printed(field).orElse(""));
        var algorithms = file.optional("algorithms").map(this::algorithms).orElse(SigningAlgorithm.RECOMMENDED);
        var keys = file.required("keys", "a jku from which they are fetched, a jwks, or the file of one")
                .flatMap(Field::mapping)
                .flatMap(field -> keys(field, local));
        var longest = file.optional("longest-token")
                .flatMap(field -> span(field, Duration.ofSeconds(10), Trust.LONGEST))
                .orElse(Trust.LONGEST);
        return issuer.flatMap(iss -> keys.map(known -> new Trust(iss, tenant, algorithms, known, longest)));
    }

    private Optional<String> issuer(Field field) {
        return printed(field).filter(text -> {
            var uri = uri(text);
            if (uri.isEmpty() || !uri.get().isAbsolute()) {
                field.refuse("is a URI such as https://fhir.example.org/r4, exactly as the tokens write it");
                return false;
            }
            return true;
        });
    }

    private Optional<String> printed(Field field) {
        return field.text().filter(text -> {
            if (!PRINTED.matcher(text).matches()) {
                field.refuse("is at most 512 printable ASCII characters without blanks");
                return false;
            }
            return true;
        });
    }

    private Set<SigningAlgorithm> algorithms(Field field) {
        Set<SigningAlgorithm> named = EnumSet.noneOf(SigningAlgorithm.class);
        var items = field.list();
        for (var item : items.orElse(List.of())) {
            item.text().ifPresent(text -> {
                var algorithm = SigningAlgorithm.called(text);
                if (algorithm.isPresent()) {
                    named.add(algorithm.get());
                } else if (text.equalsIgnoreCase("none")
                        || text.toUpperCase(Locale.ROOT).startsWith("HS")) {
                    item.refuse(text + " proves nothing about who signed and is never accepted");
                } else {
                    item.refuse("is one of " + words(List.of(SigningAlgorithm.values()), SigningAlgorithm::name));
                }
            });
        }
        if (items.isPresent() && items.get().isEmpty()) {
            field.refuse("names no algorithm: leave it out for ES384 and RS384");
        }
        return named;
    }

    private Optional<Trust.Keys> keys(Field field, boolean local) {
        var jku = field.optional("jku").flatMap(place -> address(place, local));
        var inline = field.optional("jwks").flatMap(jwks -> keySet(jwks, json(jwks)));
        var separate = field.optional("file")
                .flatMap(place -> beside(place).flatMap(json -> keySet(place, Optional.of(json))));
        var named = field.members().keySet();
        field.refuseOthers();
        if (named.contains("jwks") && named.contains("file")) {
            field.refuse("has a jwks or a file, not both");
        }
        if (!named.contains("jku") && !named.contains("jwks") && !named.contains("file")) {
            field.refuse("needs a jku, a jwks or a file");
        }
        return Optional.of(new Trust.Keys(jku, inline.or(() -> separate)));
    }

    private Optional<KeySet> keySet(Field field, Optional<JsonNode> jwks) {
        return jwks.map(json -> KeySet.of(json, field::refuse));
    }

    /** An inline JWKS as JSON; its scalars are texts, as the members of a key are. */
    private static Optional<JsonNode> json(Field field) {
        return field.mapping().map(ClientFile::object);
    }

    private static ObjectNode object(Field mapping) {
        var object = JsonNodeFactory.instance.objectNode();
        mapping.members().forEach((name, member) -> value(member).ifPresent(value -> object.set(name, value)));
        return object;
    }

    private static Optional<JsonNode> value(Field field) {
        if (field.isMapping()) {
            return field.mapping().map(ClientFile::object);
        }
        if (field.isList()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            field.list().orElse(List.of()).forEach(item -> value(item).ifPresent(list::add));
            return Optional.of(list);
        }
        return field.text().map(JsonNodeFactory.instance::textNode);
    }

    private Optional<JsonNode> beside(Field place) {
        return place.text().flatMap(name -> {
            if (!PLAIN_FILE.matcher(name).matches() || !folder.containsKey(name)) {
                place.refuse("is the name of a .json file in the same folder; there is none of this name");
                return Optional.empty();
            }
            try {
                return Optional.of(JSON.readTree(folder.get(name)));
            } catch (JsonProcessingException broken) {
                var at = broken.getLocation();
                place.refuse(name + " is not JSON" + (at == null ? "" : ", line " + at.getLineNr()));
            } catch (IOException broken) {
                place.refuse(name + " cannot be read");
            }
            return Optional.empty();
        });
    }

    /** An address that may be asked: https, or http on this machine where the file allows it. */
    private Optional<URI> address(Field field, boolean local) {
        return printed(field).flatMap(text -> {
            var uri = uri(text);
            var why = uri.isEmpty() || uri.get().getHost() == null
                    ? Optional.of("is an absolute https address")
                    : unfit(uri.get(), local);
            why.ifPresent(field::refuse);
            return why.isEmpty() ? uri : Optional.empty();
        });
    }

    private static Optional<String> unfit(URI uri, boolean local) {
        var onThisMachine =
                LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("carries no user and no fragment");
        }
        if (LINK_LOCAL.matcher(uri.getHost()).matches()) {
            return Optional.of("is a link-local address, where clouds keep their secrets");
        }
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            return Optional.empty();
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || !onThisMachine) {
            return Optional.of("is https: what is fetched over http can be changed on its way");
        }
        return local
                ? Optional.empty()
                : Optional.of("is http on this machine, which needs http-on-this-machine: allowed-for-trying");
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /**
     * FHIR servers of a client.
     *
     * @param listed that want a token
     * @param open that everybody may read
     */
    private record Servers(List<URI> listed, List<URI> open) {}

    private Servers servers(Field file, boolean local) {
        List<URI> servers = new ArrayList<>();
        List<URI> open = new ArrayList<>();
        for (var field : file.optional("fhir-servers").flatMap(Field::list).orElse(List.of())) {
            if (field.isMapping()) {
                openServer(field, local).ifPresent(open::add);
            } else {
                address(field, local).ifPresent(servers::add);
            }
        }
        return new Servers(servers, open);
    }

    /** The SMART app, which a FHIR server can launch that wants a token: by the token the app's calls are known. */
    private Optional<SmartApp> app(Field file, String client, Servers servers, boolean local) {
        return file.optional("smart-app").flatMap(written -> written.mapping().flatMap(field -> {
            var id = field.required("client-id", "under which the EHR's authorization server knows the app")
                    .flatMap(this::printed);
            List<URI> authorization = new ArrayList<>();
            for (var item :
                    field.optional("authorization-servers").flatMap(Field::list).orElse(List.of())) {
                address(item, local).ifPresent(authorization::add);
            }
            field.refuseOthers();
            if (servers.listed().isEmpty()) {
                written.refuse("needs one of fhir-servers that wants a token: its launches are those that are taken");
            }
            return id.map(known -> SmartApp.of(client, known, servers.listed(), authorization));
        }));
    }

    private Optional<Client.Site> site(Field file, Servers servers) {
        var zone = file.required("zone", "the site's time zone, such as America/Chicago")
                .flatMap(this::zone);
        var clientId = file.optional("fhir-client-id").flatMap(this::printed);
        var deadline = file.optional("fhir-deadline")
                .flatMap(field -> span(field, SHORTEST_DEADLINE, LONGEST_DEADLINE))
                .map(FhirLimits.STANDARD::within)
                .orElse(FhirLimits.STANDARD);
        var codes = file.optional("code-map").flatMap(this::codeMap).orElse(CodeMap.NONE);
        var transgender =
                file.optional("transgender-protocol").flatMap(Field::yes).orElse(false);
        var search = LabSearch.of(codes, catalog.knowledge().terminology(), asksByCategory(file));
        return zone.map(id -> new Client.Site(
                id, FhirOrigins.of(servers.listed(), servers.open()), clientId, deadline, codes, search, transgender));
    }

    private static boolean asksByCategory(Field file) {
        return file.optional("lab-search")
                .flatMap(field -> field.text().map(word -> {
                    if (!List.of(BY_CODES, BY_CATEGORY).contains(word)) {
                        field.refuse("is " + BY_CODES + " or " + BY_CATEGORY);
                    }
                    return word.equals(BY_CATEGORY);
                }))
                .orElse(false);
    }

    /** {@code {url: https://..., token: none}}: a server that everybody may read. */
    private Optional<URI> openServer(Field server, boolean local) {
        return server.mapping().flatMap(field -> {
            var address = field.required("url", "the FHIR base").flatMap(place -> address(place, local));
            field.required("token", "the word none, where the server asks for no token")
                    .ifPresent(token -> token.text()
                            .filter(word -> !word.equals("none"))
                            .ifPresent(other -> token.refuse(
                                    "is the word none; a server that wants a token is written as its address alone")));
            field.refuseOthers();
            return address;
        });
    }

    private Optional<ZoneId> zone(Field field) {
        return field.text().flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException unknown) {
                field.refuse("is no time zone that is known, such as America/Chicago");
                return Optional.empty();
            }
        });
    }

    private Optional<CodeMap> codeMap(Field field) {
        return beside(field).flatMap(json -> {
            try {
                return Optional.of(CodeMap.of(json));
            } catch (IllegalArgumentException refused) {
                field.refuse(refused.getMessage());
                return Optional.empty();
            }
        });
    }

    private Optional<Duration> span(Field field, Duration shortest, Duration longest) {
        return field.text().flatMap(text -> {
            var written = SPAN.matcher(text);
            if (written.matches()) {
                try {
                    var span = Duration.parse(
                            written.group(2).equals("ms")
                                    ? "PT" + Double.parseDouble(written.group(1)) / 1000 + "S"
                                    : "PT" + text.toUpperCase(Locale.ROOT));
                    if (span.compareTo(shortest) >= 0 && span.compareTo(longest) <= 0) {
                        return Optional.of(span);
                    }
                } catch (DateTimeParseException outOfBounds) {
                    // told below
                }
            }
            field.refuse("is a time such as 500ms or 2s, from " + shortest.toMillis() + "ms to " + longest.toSeconds()
                    + "s");
            return Optional.empty();
        });
    }

    /** Services that are named, or all, as far as their hooks are named, or all hooks. */
    private Set<String> services(Field file) {
        var offered = catalog.hookByService();
        var services = file.optional("services")
                .map(field -> among(field, offered.keySet()))
                .orElse(offered.keySet());
        var hooks = file.optional("hooks")
                .map(field -> among(field, new LinkedHashSet<>(offered.values())))
                .orElse(new LinkedHashSet<>(offered.values()));
        Set<String> entitled = new LinkedHashSet<>(services);
        entitled.removeIf(service -> !hooks.contains(offered.get(service)));
        return entitled;
    }

    private static Set<String> among(Field field, Set<String> known) {
        Set<String> named = new LinkedHashSet<>();
        for (var item : field.list().orElse(List.of())) {
            item.text().ifPresent(text -> {
                if (known.contains(text)) {
                    named.add(text);
                } else {
                    item.refuse("is one of " + String.join(", ", known));
                }
            });
        }
        return named;
    }

    private Orderables orderables(Field file) {
        var mapping = file.optional("orderables").flatMap(Field::mapping);
        if (mapping.isEmpty()) {
            return Orderables.NONE;
        }
        var field = mapping.get();
        List<Orderables.Dose> doses = new ArrayList<>();
        for (var item : field.optional("doses").flatMap(Field::list).orElse(List.of())) {
            item.mapping().flatMap(this::dose).ifPresent(doses::add);
        }
        List<Orderables.Test> tests = new ArrayList<>();
        field.optional("tests")
                .flatMap(Field::mapping)
                .map(Field::members)
                .orElse(Map.of())
                .forEach((test, item) -> code(item)
                        .flatMap(code ->
                                made(item, () -> new Orderables.Test(test, code.system(), code.code(), code.display())))
                        .ifPresent(tests::add));
        field.refuseOthers();
        return made(field, () -> new Orderables(doses, tests)).orElse(Orderables.NONE);
    }

    private Optional<Orderables.Dose> dose(Field item) {
        var mg = item.required("mg", "mg of one intake").flatMap(Field::decimal);
        var times = item.required("times-a-week", "intakes in a week").flatMap(field -> field.whole(1, 14));
        var named = code(item);
        return mg.flatMap(amount -> times.flatMap(number -> named.flatMap(code ->
                made(item, () -> new Orderables.Dose(amount, number, code.system(), code.code(), code.display())))));
    }

    private OverrideReasons overrideReasons(Field file) {
        var mapping = file.optional("override-reasons").flatMap(Field::mapping);
        if (mapping.isEmpty()) {
            return OverrideReasons.OWN;
        }
        Map<String, OverrideReasons.Reason> reasons = new LinkedHashMap<>();
        mapping.get().members().forEach((ours, item) -> {
            if (!OverrideReasons.codes().contains(ours)) {
                item.refuse("is no override reason of ours: " + String.join(", ", OverrideReasons.codes()));
            }
            code(item)
                    .map(code -> new OverrideReasons.Reason(code.system(), code.code(), code.display()))
                    .filter(reason -> OverrideReasons.codes().contains(ours))
                    .ifPresent(reason -> reasons.put(ours, reason));
        });
        return made(mapping.get(), () -> new OverrideReasons(reasons)).orElse(OverrideReasons.OWN);
    }

    private record Code(String system, String code, String display) {}

    private Optional<Code> code(Field item) {
        return item.mapping().flatMap(field -> {
            var system = field.required("system", "the code system").flatMap(this::printed);
            var value = field.required("code", "the code").flatMap(this::printed);
            var display = field.required("display", "what a clinician reads").flatMap(Field::text);
            field.refuseOthers();
            return system.flatMap(in -> value.flatMap(of -> display.map(text -> new Code(in, of, text))));
        });
    }

    private Optional<CardStyle> style(Field file, Orderables orderables) {
        var reasons = overrideReasons(file);
        var field = file.optional("dialect");
        var word = field.isEmpty()
                ? Optional.of(Dialects.names().get(0))
                : field.get().text();
        return word.flatMap(name -> made(field.orElse(file), () -> Dialects.named(name, orderables)))
                .map(dialect -> new CardStyle(dialect, reasons, detail(file), linkDays(file), language(file)));
    }

    private int linkDays(Field file) {
        return file.optional("link-days")
                .flatMap(days -> days.text().equals(Optional.of("none"))
                        ? Optional.of(0)
                        : days.whole(0, ServiceCatalog.MOST_LINK_DAYS))
                .orElse(catalog.linkDays());
    }

    private static String language(Field file) {
        return file.optional("language")
                .flatMap(field -> {
                    var word = field.text();
                    if (word.filter(named -> !Languages.names().contains(named)).isPresent()) {
                        field.refuse("is one of " + String.join(", ", Languages.names()));
                    }
                    return word.filter(Languages.names()::contains);
                })
                .orElse(Languages.ENGLISH);
    }

    private CardDetail detail(Field file) {
        return file.optional("card-detail")
                .flatMap(field -> {
                    var word = field.text();
                    var named = word.flatMap(CardDetail::named);
                    if (word.isPresent() && named.isEmpty()) {
                        field.refuse("is one of " + words(List.of(CardDetail.values()), CardDetail::word));
                    }
                    return named;
                })
                .orElse(catalog.cardDetail());
    }

    /** What is made of a field, or a fault that says why nothing can be made of it. */
    private static <T> Optional<T> made(Field field, Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (IllegalArgumentException refused) {
            field.refuse(refused.getMessage());
            return Optional.empty();
        }
    }

    /** What the site chose: those choices that the knowledge takes; each is tried by itself, so that all faults are told. */
    private SiteChoices choices(Field file, Optional<Mode> mode) {
        var choices = SiteChoices.none();
        if (mode.equals(Optional.of(Mode.SAFETY_ONLY))) {
            choices = choices.with("mode", "SAFETY_ONLY");
        }
        for (var choice : file.optional("policy")
                .flatMap(Field::mapping)
                .map(Field::members)
                .orElse(Map.of())
                .entrySet()) {
            var field = choice.getValue();
            var value = field.text();
            if (choice.getKey().equals("mode")) {
                field.refuse("stands at the top of the file, not among the policy's choices");
            } else if (value.isPresent()
                    && calendar(field, SiteChoices.none().with(choice.getKey(), value.get()))
                            .isPresent()) {
                choices = choices.with(choice.getKey(), value.get());
            }
        }
        return choices;
    }

    private Optional<PolicyCalendar> calendar(Field field, SiteChoices choices) {
        try {
            return Optional.of(catalog.knowledge().calendar(choices));
        } catch (KnowledgeException refused) {
            field.refuse(refused.getMessage());
            return Optional.empty();
        }
    }

    private CallLimits limits(Field file) {
        var limits = file.optional("limits").flatMap(Field::mapping);
        if (limits.isEmpty()) {
            return CallLimits.STANDARD;
        }
        var field = limits.get();
        var perSecond = field.optional("calls-per-second")
                .flatMap(number -> number.whole(1, MOST_CALLS))
                .orElse(CallLimits.STANDARD.perSecond());
        var atOnce = field.optional("calls-at-once")
                .flatMap(number -> number.whole(1, MOST_CALLS))
                .orElse(CallLimits.STANDARD.atOnce());
        field.refuseOthers();
        return new CallLimits(perSecond, atOnce);
    }

    private Set<Permission> may(Field file) {
        Set<Permission> may = EnumSet.noneOf(Permission.class);
        for (var item : file.optional("may").flatMap(Field::list).orElse(List.of())) {
            item.text().ifPresent(text -> Permission.called(text)
                    .ifPresentOrElse(
                            may::add,
                            () -> item.refuse("is one of " + words(List.of(Permission.values()), Permission::word))));
        }
        return may;
    }

    private static <T> String words(List<T> all, Function<T, String> word) {
        return String.join(", ", all.stream().map(word).toList());
    }
}
