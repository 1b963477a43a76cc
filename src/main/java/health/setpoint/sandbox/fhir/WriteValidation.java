package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.validation.ResourceValidator;
import health.setpoint.knowledge.Knowledge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * Whether what is written is valid R4. HAPI's validator takes seconds and some 180 MB to load: it is loaded beside the first
 * calls to the sandbox, and who writes before it is there waits. Where the heap has no room for it, what the parser refuses is
 * refused and no more.
 */
final class WriteValidation implements AutoCloseable {

    /** Of the heap, below which the validator would take the memory of the calls. */
    private static final long LEAST_HEAP = 384L * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int TOO_SOON = 503;

    private final Knowledge knowledge;
    private final boolean hasRoom;
    private final ExecutorService own = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "sandbox-validation");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private Optional<Future<ResourceValidator>> validator = Optional.empty();

    WriteValidation(Knowledge knowledge, long heap) {
        this.knowledge = knowledge;
        this.hasRoom = heap >= LEAST_HEAP;
    }

    /** Has the validator loaded, unless it is. */
    synchronized void prepare() {
        if (hasRoom && validator.isEmpty()) {
            validator = Optional.of(own.submit(() -> new ResourceValidator(knowledge)));
        }
    }

    /**
     * What is wrong with each of some resources, with its place.
     *
     * @throws UnclassifiedServerFailureException 503 where the validator takes too long
     */
    List<List<String>> faults(List<ObjectNode> resources) {
        prepare();
        return hasRoom
                ? validated(resources)
                : resources.stream().map(WriteValidation::parsed).toList();
    }

    private List<List<String>> validated(List<ObjectNode> resources) {
        var all = own.submit(() -> {
            var loaded = validator.orElseThrow().get();
            return resources.stream().map(loaded::invalid).toList();
        });
        try {
            return all.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            all.cancel(true);
            throw tooSoon();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw tooSoon();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static UnclassifiedServerFailureException tooSoon() {
        return new UnclassifiedServerFailureException(TOO_SOON, "The validator is busy. Write it again in a while.");
    }

    private static List<String> parsed(ObjectNode resource) {
        try {
            FhirContext.forR4Cached()
                    .newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(resource.toString());
            return List.of();
        } catch (DataFormatException refused) {
            return List.of(resource.path("resourceType").asText() + ": " + refused.getMessage());
        }
    }

    /** The refusal that says what to fix. */
    static UnprocessableEntityException refusal(List<String> faults) {
        return new UnprocessableEntityException("It is not valid FHIR R4", outcome(faults));
    }

    static OperationOutcome outcome(List<String> faults) {
        var outcome = new OperationOutcome();
        faults.forEach(fault -> outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(OperationOutcome.IssueType.INVALID)
                .setDiagnostics(fault)
                .addExpression(fault.split(": ", 2)[0]));
        return outcome;
    }

    @Override
    public void close() {
        own.shutdownNow();
    }
}
