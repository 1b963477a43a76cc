package health.setpoint.chart.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import health.setpoint.chart.fhir.FhirJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The fetching of one request: every query at once, one deadline for all, at most so many pages and bytes. The token
 * goes to the server's own origin only, no redirect is followed, and whatever the server does costs this request its
 * missing data and nothing else.
 */
final class FhirFetch implements MissingData {

    private static final int OK = 200;
    private static final Set<Integer> WORTH_A_RETRY = Set.of(502, 503, 504);
    private static final int SERVER_FAULT = 500;
    private static final String PLAIN = "-._~:/?#[]@!$&'()*+,;=%";

    private final HttpClient http;
    private final ObjectReader json;
    private final Function<String, CircuitBreaker> breakers;
    private final URI base;
    private final Optional<String> token;
    private final FhirLimits limits;
    private final FetchMemory memory;
    private final long deadline;
    private final AtomicInteger bytesLeft;

    FhirFetch(
            HttpClient http,
            ObjectReader json,
            Function<String, CircuitBreaker> breakers,
            URI base,
            Optional<String> token,
            FhirLimits limits,
            FetchMemory memory) {
        this.http = http;
        this.json = json;
        this.breakers = breakers;
        this.base = base;
        this.token = token;
        this.limits = limits;
        this.memory = memory;
        this.deadline = System.nanoTime() + limits.deadline().toNanos();
        this.bytesLeft = new AtomicInteger(limits.bytes());
    }

    /** One search on its way: the pages so far, the addresses asked, the exchanges that ran and why it ended. */
    private record Search(
            CircuitBreaker breaker,
            Queue<JsonNode> pages,
            Set<URI> asked,
            Queue<CompletableFuture<?>> exchanges,
            AtomicBoolean judged,
            CompletableFuture<String> end) {

        /** The server did its part, whatever it said. */
        void end(String why) {
            if (judged.compareAndSet(false, true)) {
                breaker.succeeded();
                end.complete(why);
            }
        }

        /** The server was dead, slow, too generous or talked nonsense. */
        void fail(String why) {
            // Counted before anyone learns of it: the next call of the same clinician may follow at once.
            if (judged.compareAndSet(false, true)) {
                breaker.failed(System.nanoTime());
                end.complete(why);
            }
        }
    }

    @Override
    public Map<Need, Answer> ask(List<Need> needs) {
        var searches = new HashMap<Need, Search>();
        needs.forEach(need -> searches.put(need, start(need)));
        await(searches);
        var answers = new HashMap<Need, Answer>();
        searches.forEach((need, search) -> answers.put(need, answer(search)));
        return answers;
    }

    private void await(Map<Need, Search> searches) {
        var all = CompletableFuture.allOf(
                searches.values().stream().map(Search::end).toArray(CompletableFuture<?>[]::new));
        try {
            all.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            searches.values().forEach(search -> search.fail("it did not answer in time"));
        } catch (InterruptedException stopped) {
            searches.values().forEach(search -> search.end().complete("the request was interrupted"));
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a search ends with a reason, never with an exception", impossible);
        } finally {
            searches.values().forEach(search -> search.exchanges().forEach(exchange -> exchange.cancel(true)));
        }
    }

    /** Pages that came before a failure are kept: the last of them names the next one, so that the rest is known to lack. */
    private static Answer answer(Search search) {
        var why = search.end().join();
        var pages = List.copyOf(search.pages());
        return why.isEmpty() || !pages.isEmpty() ? new Answer.Found(pages) : new Answer.Failed(why);
    }

    private Search start(Need need) {
        var search = new Search(
                breakers.apply(kind(need)),
                new ConcurrentLinkedQueue<>(),
                ConcurrentHashMap.newKeySet(),
                new ConcurrentLinkedQueue<>(),
                new AtomicBoolean(),
                new CompletableFuture<>());
        var address = address(need.url());
        if (address.isEmpty()) {
            search.end().complete("its address is not one of the FHIR server");
        } else if (!search.breaker().lets(System.nanoTime())) {
            search.end().complete("it failed several times and is left alone for a while");
        } else {
            fetch(address.get(), search, true);
        }
        return search;
    }

    /** Queries of one kind fail together: the prefetch key, or the type of a single resource. */
    private static String kind(Need need) {
        var slash = need.name().indexOf('/');
        return slash < 0 ? need.name() : need.name().substring(0, slash);
    }

    /** A query under the base, or an absolute address of the same origin. */
    private Optional<URI> address(String url) {
        try {
            var written = new URI(encoded(url));
            var root = base.toString().endsWith("/") ? base : URI.create(base + "/");
            var absolute = written.isAbsolute() ? written : root.resolve(written);
            return FhirOrigins.origin(absolute)
                            .filter(FhirOrigins.origin(base).orElseThrow()::equals)
                            .isPresent()
                    ? Optional.of(absolute)
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The bar of {@code system|code} and the like, which an address may not hold as they are. */
    private static String encoded(String url) {
        var encoded = new StringBuilder();
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private void fetch(URI address, Search search, boolean mayRetry) {
        if (search.end().isDone()) {
            return;
        }
        search.asked().add(address);
        var left = deadline - System.nanoTime();
        if (left <= 0) {
            return;
        }
        var exchange = http.sendAsync(request(address, left), info -> body(info));
        search.exchanges().add(exchange);
        exchange.whenComplete((response, failure) -> {
            if (search.end().isDone()) {
                return;
            }
            try {
                if (failure != null) {
                    broken(address, search, mayRetry, cause(failure));
                } else {
                    answered(address, search, mayRetry, response);
                }
            } catch (RuntimeException unreadable) {
                // Whoever waits for this search would wait until the deadline.
                search.fail("its answer cannot be read");
            }
        });
    }

    private HttpRequest request(URI address, long nanos) {
        var request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofNanos(nanos))
                .header("Accept", "application/fhir+json")
                .GET();
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request.build();
    }

    /** A body counts only where it is JSON as it is; an answer that announces more than is left is not read at all. */
    private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo info) {
        return info.statusCode() == OK
                ? new BoundedBody(bytesLeft, limits.largestAnswer(), memory)
                : HttpResponse.BodySubscribers.replacing(new byte[0]);
    }

    private void broken(URI address, Search search, boolean mayRetry, Throwable cause) {
        if (cause instanceof BoundedBody.TooLarge) {
            search.fail("its answer is too large");
        } else if (cause instanceof AnswerTree.NoMemory none) {
            search.end(none.getMessage());
        } else if (mayRetry && cause instanceof IOException) {
            fetch(address, search, false);
        } else {
            search.fail("it could not be reached");
        }
    }

    private void answered(URI address, Search search, boolean mayRetry, HttpResponse<byte[]> response) {
        var status = response.statusCode();
        if (mayRetry && WORTH_A_RETRY.contains(status)) {
            fetch(address, search, false);
        } else if (status >= SERVER_FAULT) {
            search.fail("it answered with status " + status);
        } else if (status != OK) {
            search.end("it answered with status " + status);
        } else {
            page(search, response);
        }
    }

    private void page(Search search, HttpResponse<byte[]> response) {
        JsonNode page;
        try {
            page = parse(response);
        } catch (AnswerTree.NoMemory none) {
            search.end(none.getMessage());
            return;
        } catch (IOException | RuntimeException notJsonThatIsRead) {
            search.fail("its answer is not JSON");
            return;
        }
        search.pages().add(page);
        var next = next(page);
        if (next.isPresent()
                && search.pages().size() < limits.pages()
                && !search.asked().contains(next.get())) {
            fetch(next.get(), search, true);
        } else {
            search.end("");
        }
    }

    private JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        var encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        var page = encoding.equalsIgnoreCase("identity") ? AnswerTree.read(json, response.body(), memory) : null;
        if (page == null || !page.isObject()) {
            throw new IOException("no JSON object");
        }
        return page;
    }

    /** The next page, where it lies on the same server; another address is never asked, and the search stays partial. */
    private Optional<URI> next(JsonNode page) {
        return FhirJson.allObjects(page, "link").stream()
                .filter(link -> FhirJson.text(link, "relation").equals(Optional.of("next")))
                .findFirst()
                .flatMap(link -> FhirJson.text(link, "url"))
                .flatMap(this::address);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
