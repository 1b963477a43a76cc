package health.setpoint;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Collectors;

/** The rooms of the house and what each may use. A room may be empty still; no arrow may be wrong. */
@AnalyzeClasses(packages = "health.setpoint", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private record Room(String name, String... mayUse) {
        String packages() {
            return "health.setpoint." + name + "..";
        }
    }

    /** From the ground floor up: no room uses one above it, nor one beside it. */
    private static final List<Room> ROOMS = List.of(
            new Room("titration"),
            new Room("knowledge", "titration"),
            new Room("chart", "titration", "knowledge"),
            new Room("card", "titration", "knowledge"),
            new Room("journal", "titration"),
            new Room("http"),
            new Room("client", "knowledge", "chart", "card", "http"),
            new Room("hook", "titration", "knowledge", "chart", "card", "journal", "client", "http"),
            new Room("population", "titration", "knowledge", "chart", "card", "http"),
            new Room(
                    "operator",
                    "titration",
                    "knowledge",
                    "chart",
                    "card",
                    "journal",
                    "client",
                    "http",
                    "hook",
                    "population"),
            new Room("app", "card", "chart", "client", "http", "hook"),
            new Room(
                    "sandbox",
                    "titration",
                    "knowledge",
                    "chart",
                    "card",
                    "journal",
                    "client",
                    "http",
                    "hook",
                    "operator"));

    private static final String TITRATION = "health.setpoint.titration..";
    private static final String KNOWLEDGE = "health.setpoint.knowledge..";
    private static final String CHART = "health.setpoint.chart..";
    private static final String CARD = "health.setpoint.card..";
    private static final String JOURNAL = "health.setpoint.journal..";
    private static final String CLIENT = "health.setpoint.client..";
    private static final String SANDBOX = "health.setpoint.sandbox..";

    @ArchTest
    static final ArchRule every_class_has_a_room_and_arrows_go_down = arrowsBetweenRooms();

    private static ArchRule arrowsBetweenRooms() {
        LayeredArchitecture house = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("health.setpoint..")
                .withOptionalLayers(true);
        for (Room room : ROOMS) {
            house = house.layer(room.name()).definedBy(room.packages());
        }
        for (Room room : ROOMS) {
            house = room.mayUse().length == 0
                    ? house.whereLayer(room.name()).mayNotAccessAnyLayer()
                    : house.whereLayer(room.name()).mayOnlyAccessLayers(room.mayUse());
        }
        return house.ensureAllClassesAreContainedInArchitecture();
    }

    @ArchTest
    static final ArchRule the_decision_is_plain_java = classes()
            .that()
            .resideInAPackage(TITRATION)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", TITRATION))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_decision_reads_and_writes_nothing = noClasses()
            .that()
            .resideInAPackage(TITRATION)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
                    .and(not(resideInAPackage("java.nio.charset")))
                    .and(not(belongToAnyOf(Serializable.class, UncheckedIOException.class))))
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_decision_has_no_clock = noClasses()
            .that()
            .resideInAPackage(TITRATION)
            .should()
            .dependOnClassesThat(
                    belongToAnyOf(Clock.class, InstantSource.class, Date.class, Calendar.class, TimeZone.class))
            .orShould()
            .accessTargetWhere(readsTheTime())
            .allowEmptyShould(true);

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> readsTheTime() {
        return describe("the time of this machine is read", access -> {
            String owner = access.getTargetOwner().getName();
            String member = access.getTarget().getName();
            return owner.startsWith("java.time.") && member.equals("now")
                    || owner.equals(ZoneId.class.getName()) && member.equals("systemDefault")
                    || owner.equals(System.class.getName())
                            && List.of("currentTimeMillis", "nanoTime").contains(member);
        });
    }

    @ArchTest
    static final ArchRule only_chart_and_card_know_fhir_and_the_sandbox_plays_an_ehr = noClasses()
            .that()
            .resideOutsideOfPackages(CHART, CARD, SANDBOX)
            .should()
            .dependOnClassesThat(resideInAnyPackage("ca.uhn..", "org.hl7.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_a_command_validates_and_what_takes_writes_to_the_sandbox = noClasses()
            .that()
            .resideOutsideOfPackages("health.setpoint.chart.validation..", "health.setpoint.operator.command..")
            .and()
            .doNotHaveFullyQualifiedName("health.setpoint.sandbox.fhir.WriteValidation")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("health.setpoint.chart.validation..", "org.hl7.fhir.common.hapi.validation.."))
            .because("its first run takes seconds: on no hook's way");

    @ArchTest
    static final ArchRule only_journal_and_client_know_the_database = noClasses()
            .that()
            .resideOutsideOfPackages(JOURNAL, CLIENT)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..", "javax.sql..", "io.agroal..", "io.quarkus.agroal..", "org.flywaydb.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_changes_on_the_way_of_a_request = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(TITRATION, KNOWLEDGE, CHART, CARD))
            .should()
            .beFinal()
            .allowEmptyShould(true);

    /** A room of one package is no slice among others; these have several. */
    private static final List<String> ROOMS_OF_SEVERAL_PACKAGES = List.of(
            "titration",
            "knowledge",
            "chart",
            "card",
            "journal",
            "client",
            "http",
            "hook",
            "operator",
            "population",
            "sandbox");

    private static final int MOST_CLASSES_OF_A_PACKAGE = 20;

    @ArchTest
    static void the_packages_of_a_room_know_no_circle(JavaClasses classes) {
        for (var room : ROOMS_OF_SEVERAL_PACKAGES) {
            slices().assignedFrom(packagesWithin("health.setpoint." + room))
                    .should()
                    .beFreeOfCycles()
                    .check(classes);
        }
    }

    private static SliceAssignment packagesWithin(String room) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return resideInAPackage(room + "..").test(javaClass)
                        ? SliceIdentifier.of(javaClass.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages within " + room;
            }
        };
    }

    @ArchTest
    static void no_package_has_more_classes_than_can_be_overlooked(JavaClasses classes) {
        ROOMS_OF_SEVERAL_PACKAGES.forEach(
                room -> holdNoMoreClassesThanCanBeOverlooked("health.setpoint." + room, classes));
    }

    private static void holdNoMoreClassesThanCanBeOverlooked(String room, JavaClasses classes) {
        var counted = classes.that(resideInAPackage(room + "..")).stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertTrue(counted.size() > 1, room + " has sub-rooms");
        counted.forEach((name, count) ->
                assertTrue(count <= MOST_CLASSES_OF_A_PACKAGE, () -> name + " has " + count + " classes"));
    }

    private static final int MOST_LINES_OF_A_CLASS = 350;

    @ArchTest
    static void no_class_of_chart_is_longer_than_can_be_read_at_once(JavaClasses classes) throws IOException {
        holdNoLongerThanCanBeReadAtOnce("health.setpoint.chart");
    }

    @ArchTest
    static void no_class_of_titration_is_longer_than_can_be_read_at_once(JavaClasses classes) throws IOException {
        holdNoLongerThanCanBeReadAtOnce("health.setpoint.titration");
    }

    private static void holdNoLongerThanCanBeReadAtOnce(String room) throws IOException {
        var sources = Path.of("src/main/java", room.split("\\."));
        try (var files = Files.walk(sources)) {
            var java = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(java.size() > MOST_CLASSES_OF_A_PACKAGE, () -> "the sources of " + room + " lie in " + sources);
            for (var file : java) {
                var lines = Files.readAllLines(file).size();
                assertTrue(lines <= MOST_LINES_OF_A_CLASS, () -> file + " has " + lines + " lines");
            }
        }
    }

    /** Of all source sets, so that whoever searches for a name finds one class. */
    @ArchTest
    static void no_name_stands_for_two_classes(JavaClasses classes) throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            var byName = files.map(Path::toString)
                    .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(file -> Path.of(file).getFileName()));
            assertTrue(byName.size() > classes.size() / 10, "the sources lie in src");
            byName.forEach((name, twice) -> assertEquals(1, twice.size(), () -> name + " stands in " + twice));
        }
    }

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Utility|Impl)")
            .because("the clinic has a word for it")
            .allowEmptyShould(true);
}
