package health.setpoint.chart.fetch;

import java.time.Duration;

/**
 * What fetching may cost.
 *
 * @param deadline for all of one request's fetching together
 * @param pages most pages of one search
 * @param bytes most bytes of all answers of one request together
 */
public record FhirLimits(Duration deadline, int pages, int bytes) {

    private static final int STANDARD_PAGES = 10;
    private static final int STANDARD_BYTES = 8 * 1024 * 1024;

    /** Two seconds, ten pages a search, 8 MiB. */
    public static final FhirLimits STANDARD = new FhirLimits(Duration.ofSeconds(2), STANDARD_PAGES, STANDARD_BYTES);

    public FhirLimits {
        if (deadline.isNegative() || deadline.isZero() || pages < 1 || bytes < 1) {
            throw new IllegalArgumentException("a limit is above zero");
        }
    }

    /** Most bytes of one answer: half of all, so that one search that answers too much leaves room for the others. */
    int largestAnswer() {
        return bytes - bytes / 2;
    }

    public FhirLimits within(Duration longest) {
        return new FhirLimits(longest, pages, bytes);
    }
}
