package health.setpoint.knowledge;

import health.setpoint.knowledge.evidence.Evidence;
import health.setpoint.knowledge.evidence.RuleTexts;
import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.parameter.ParameterFile;
import health.setpoint.knowledge.parameter.PolicyCalendar;
import health.setpoint.knowledge.parameter.PolicyOfDay;
import health.setpoint.knowledge.parameter.QuotedParameters;
import health.setpoint.knowledge.parameter.ReadingLimits;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.knowledge.parameter.ValuesOfDay;
import health.setpoint.knowledge.source.Sources;
import health.setpoint.knowledge.terminology.DoseUnits;
import health.setpoint.knowledge.terminology.SigWords;
import health.setpoint.knowledge.terminology.Tables;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import health.setpoint.titration.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The numbers and codes that decide: dated policy, value sets, units and evidence, read once from the knowledge files.
 * Immutable.
 */
public final class Knowledge {

    private static final String INDEX = "index.yaml";

    private final String version;
    private final LocalDate begins;
    private final Map<String, Parameter> parameters;
    private final String files;
    private final ContentHash content;
    private final Evidence evidence;
    private final RuleTexts ruleTexts;
    private final List<WordTable> wordTables;
    private final Terminology terminology;
    private final UnitTable units;
    private final DoseUnits doseUnits;
    private final SigWords sigWords;
    private final PolicyCalendar standard;
    private final Optional<String> expanded;

    private Knowledge(Function<String, String> read) {
        Located index = Located.read(INDEX, read.apply(INDEX));
        var top = index.members(Set.of("version", "begins", "parameters", "evidence", "rules", "tables"), Set.of());
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(INDEX, read.apply(INDEX));
        List<String> parameterFiles = names(top.get("parameters"), read, texts);
        String evidenceFile = top.get("evidence").text();
        texts.put(evidenceFile, read.apply(evidenceFile));
        String rulesFile = top.get("rules").text();
        texts.put(rulesFile, read.apply(rulesFile));
        List<Map<String, Located>> tableEntries = tables(top.get("tables"), read, texts);

        version = top.get("version").text();
        begins = top.get("begins").date();
        files = String.join(", ", parameterFiles);
        content = ContentHash.of(texts);
        Located evidenceTop = Located.read(evidenceFile, texts.get(evidenceFile));
        Sources sources = Sources.read(evidenceTop);
        parameters = parameters(parameterFiles, texts, sources);
        QuotedParameters quoted = new QuotedParameters(parameters);
        Tables tables = new Tables(texts, top.get("tables"));
        units = UnitTable.read(tables);
        doseUnits = DoseUnits.read(tables);
        sigWords = SigWords.read(tables);
        terminology = Terminology.read(tables);
        expanded = Optional.empty();
        standard = build(SiteChoices.none());
        refuseUnasked();
        evidence = Evidence.read(evidenceTop, sources, quoted);
        ruleTexts = RuleTexts.read(Located.read(rulesFile, texts.get(rulesFile)), quoted);
        wordTables = tableEntries.stream().map(entry -> wordTable(entry, texts)).toList();
    }

    private Knowledge(Knowledge shipped, Expansion expansion) {
        version = shipped.version;
        begins = shipped.begins;
        parameters = shipped.parameters;
        files = shipped.files;
        content = shipped.content;
        evidence = shipped.evidence;
        ruleTexts = shipped.ruleTexts;
        wordTables = shipped.wordTables;
        units = shipped.units;
        doseUnits = shipped.doseUnits;
        sigWords = shipped.sigWords;
        standard = shipped.standard;
        terminology = shipped.terminology.with(expansion.added());
        expanded = expansion.label();
    }

    /** The shipped knowledge with the codes that a terminology server adds; numbers, rules and hash are the same. */
    public Knowledge with(Expansion expansion) {
        return new Knowledge(this, expansion);
    }

    /** Which expansion of a terminology server is added to the shipped one, such as {@code 20261130.3fa9c1d2}. */
    public Optional<String> expanded() {
        return expanded;
    }

    /**
     * Reads the knowledge files that are part of the service.
     *
     * @throws KnowledgeException when a file is refused
     */
    public static Knowledge load() {
        return new Knowledge(Knowledge::resource);
    }

    /**
     * Reads knowledge files from a folder, to try them before they become part of the service.
     *
     * @throws KnowledgeException when a file is missing or refused
     */
    public static Knowledge load(Path folder) {
        return new Knowledge(name -> {
            try {
                return Files.readString(folder.resolve(name));
            } catch (NoSuchFileException missing) {
                throw new KnowledgeException(name + ": no such knowledge file");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    /** Reads knowledge files that are given by name. */
    static Knowledge of(Map<String, String> texts) {
        return new Knowledge(name -> {
            if (!texts.containsKey(name)) {
                throw new KnowledgeException(name + ": no such knowledge file");
            }
            return texts.get(name);
        });
    }

    /**
     * The policy of a day without site choices.
     *
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public Policy on(LocalDate day) {
        return standard.on(day);
    }

    /**
     * The policy of a day at a site.
     *
     * @throws KnowledgeException when a choice is unknown or wider than the knowledge allows
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public Policy on(LocalDate day, SiteChoices choices) {
        return calendar(choices).on(day);
    }

    /** The limits that reading a chart needs on a day. */
    public ReadingLimits readingLimits(LocalDate day) {
        return standard.readingLimits(day);
    }

    /**
     * Every policy that a site's choices give; checks the choices for all days.
     *
     * @throws KnowledgeException when a choice is unknown or wider than the knowledge allows
     */
    public PolicyCalendar calendar(SiteChoices choices) {
        return choices.isEmpty() ? standard : build(choices);
    }

    private PolicyCalendar build(SiteChoices choices) {
        String hash = content.with(choices);
        Map<LocalDate, PolicyCalendar.OfDay> days = new TreeMap<>();
        for (LocalDate day : changes()) {
            PolicyOfDay built = new PolicyOfDay(new ValuesOfDay(parameters, day, choices, files));
            days.put(day, new PolicyCalendar.OfDay(built.policy(version, hash), built.readingLimits()));
        }
        return new PolicyCalendar(days, hash);
    }

    /** What each rule asks and advises, in words. */
    public RuleTexts ruleTexts() {
        return ruleTexts;
    }

    /** Version of the knowledge as people name it, for instance {@code 2026.1}. */
    public String version() {
        return version;
    }

    /** Content hash over all knowledge files: the first 12 hexadecimal digits of a SHA-256. */
    public String hash() {
        return standard.hash();
    }

    /** First day on which the knowledge holds. */
    public LocalDate begins() {
        return begins;
    }

    /** Days from the first on at which a value changes. */
    public Set<LocalDate> changes() {
        Set<LocalDate> days = new TreeSet<>();
        days.add(begins);
        for (Parameter parameter : parameters.values()) {
            parameter.values().keySet().stream()
                    .filter(day -> day.isAfter(begins))
                    .forEach(days::add);
        }
        return Collections.unmodifiableSet(days);
    }

    /** Every parameter in the order of the files. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** Every table in the order of the index. */
    public List<WordTable> wordTables() {
        return wordTables;
    }

    public Terminology terminology() {
        return terminology;
    }

    public UnitTable units() {
        return units;
    }

    public DoseUnits doseUnits() {
        return doseUnits;
    }

    public SigWords sigWords() {
        return sigWords;
    }

    public Evidence evidence() {
        return evidence;
    }

    private static List<String> names(Located list, Function<String, String> read, Map<String, String> texts) {
        List<String> names = new ArrayList<>();
        for (Located item : list.items()) {
            if (texts.put(item.text(), read.apply(item.text())) != null) {
                throw item.refuse(item.text() + " stands twice");
            }
            names.add(item.text());
        }
        return names;
    }

    private static List<Map<String, Located>> tables(
            Located list, Function<String, String> read, Map<String, String> texts) {
        List<Map<String, Located>> entries = new ArrayList<>();
        for (Located item : list.items()) {
            Map<String, Located> entry = item.members(Set.of("file", "says", "source"), Set.of());
            String file = entry.get("file").text();
            if (texts.put(file, read.apply(file)) != null) {
                throw item.refuse(file + " stands twice");
            }
            entries.add(entry);
        }
        return entries;
    }

    private static WordTable wordTable(Map<String, Located> entry, Map<String, String> texts) {
        String file = entry.get("file").text();
        return WordTable.of(file, entry.get("says").text(), entry.get("source").text(), texts.get(file));
    }

    private static Map<String, Parameter> parameters(List<String> names, Map<String, String> texts, Sources sources) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : names) {
            for (Parameter parameter : new ParameterFile(Located.read(name, texts.get(name)), sources).parameters()) {
                Parameter earlier = parameters.put(parameter.id(), parameter);
                if (earlier != null) {
                    throw parameter.refuse("already given at " + earlier.file() + ":" + earlier.line());
                }
            }
        }
        return parameters;
    }

    private void refuseUnasked() {
        ValuesOfDay values = new ValuesOfDay(parameters, begins, SiteChoices.none(), files);
        PolicyOfDay built = new PolicyOfDay(values);
        built.policy(version, "");
        built.readingLimits();
        Set<String> asked = new TreeSet<>(values.asked());
        for (Parameter parameter : parameters.values()) {
            if (!asked.contains(parameter.id())) {
                throw parameter.refuse("unknown: no rule asks for it");
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = Knowledge.class.getResourceAsStream("/knowledge/" + name)) {
            if (in == null) {
                throw new KnowledgeException(name + ": no such knowledge file");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
