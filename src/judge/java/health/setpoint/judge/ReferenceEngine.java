package health.setpoint.judge;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kotlin.Pair;
import org.cqframework.cql.cql2elm.StringLibrarySourceProvider;
import org.hl7.elm.r1.VersionedIdentifier;
import org.hl7.fhir.r4.model.Bundle;
import org.opencds.cqf.cql.engine.execution.EvaluationExpressionRef;
import org.opencds.cqf.cql.engine.execution.EvaluationParams;
import org.opencds.cqf.cql.engine.runtime.Tuple;
import org.opencds.cqf.fhir.cql.Engines;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import org.opencds.cqf.fhir.utility.repository.InMemoryFhirRepository;

/** The reference engine of CQL with the libraries of {@code fhir-profiles/input/cql}, asked about one man's resources. */
final class ReferenceEngine {

    static final Path LIBRARIES = Path.of("fhir-profiles/input/cql");
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final EvaluationSettings settings = EvaluationSettings.getDefault();

    ReferenceEngine() {
        settings.setLibrarySourceProviders(List.of(new StringLibrarySourceProvider(sources())));
    }

    /** What the libraries say of him at the hook at which he comes. */
    Said say(ChartedMan man) {
        var said = evaluate("SetpointAdvice", "Said At " + man.hook().word(), man.bundle(), man.now());
        return Said.of((Tuple) said);
    }

    /** What an expression of a library comes to for the man whose resources these are; he is {@code Patient/p1}. */
    Object evaluate(String library, String expression, Bundle man, LocalDateTime now) {
        var engine = Engines.forRepository(new InMemoryFhirRepository(FHIR, man), settings);
        var asked = new EvaluationParams(
                Map.of(new VersionedIdentifier().withId(library), List.of(new EvaluationExpressionRef(expression))),
                new Pair<>("Patient", FhirChart.PATIENT),
                Map.of(),
                null,
                now.atZone(ZoneOffset.UTC));
        return engine.evaluate(asked).getOnlyResultOrThrow().get(expression).getValue();
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.filter(file -> file.toString().endsWith(".cql"))
                    .sorted()
                    .map(ReferenceEngine::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
