package health.setpoint.population.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SmallCellsTest {

    private static final int THRESHOLD = 5;

    @Test
    void aSmallCellTakesTheSmallestOtherWithItSoThatTheSumDoesNotTellIt() {
        var hidden = SmallCells.hidden(new long[][] {{100, 3, 40, 0}}, THRESHOLD);
        assertArrayEquals(new boolean[] {false, true, true, false}, hidden[0]);
    }

    @Test
    void aCountOfNobodyAndTheThresholdItselfArePublished() {
        var hidden = SmallCells.hidden(new long[][] {{0, 5, 0, 12}}, THRESHOLD);
        assertArrayEquals(new boolean[4], hidden[0]);
    }

    @Test
    void twoSmallCellsThatTogetherAreSmallTakeAThird() {
        var hidden = SmallCells.hidden(new long[][] {{1, 1, 30, 20}}, THRESHOLD);
        assertArrayEquals(new boolean[] {true, true, false, true}, hidden[0]);
    }

    @Provide
    Arbitrary<List<List<Integer>>> tables() {
        return Arbitraries.integers()
                .between(0, 14)
                .list()
                .ofSize(4)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5);
    }

    @Property(tries = 1000)
    void noRowAndNoColumnWithItsSumTellsASmallCell(@ForAll("tables") List<List<Integer>> table) {
        var counts = table.stream()
                .map(row -> row.stream().mapToLong(Integer::longValue).toArray())
                .toArray(long[][]::new);
        var hidden = SmallCells.hidden(counts, THRESHOLD);
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < 4; column++) {
                assertFalse(!hidden[row][column] && counts[row][column] > 0 && counts[row][column] < THRESHOLD);
            }
            holds(counts[row], hidden[row]);
        }
        for (int column = 0; column < 4; column++) {
            var at = column;
            var line = new boolean[counts.length];
            IntStream.range(0, counts.length).forEach(row -> line[row] = hidden[row][at]);
            holds(
                    IntStream.range(0, counts.length)
                            .mapToLong(row -> counts[row][at])
                            .toArray(),
                    line);
        }
    }

    /** What is hidden is more than one cell, and of as many as the threshold, unless all is hidden. */
    private static void holds(long[] counts, boolean[] hidden) {
        var cells = IntStream.range(0, counts.length).filter(i -> hidden[i]).count();
        var patients = IntStream.range(0, counts.length)
                .filter(i -> hidden[i])
                .mapToLong(i -> counts[i])
                .sum();
        assertTrue(cells == 0 || cells == counts.length || cells > 1 && patients >= THRESHOLD);
    }

    @Test
    void aCellThatASpreadsheetWouldTakeForAFormulaIsText() {
        assertEquals("'=HYPERLINK(\"x\")", WorklistCsv.guarded("=HYPERLINK(\"x\")"));
        assertEquals("'+1", WorklistCsv.guarded("+1"));
        assertEquals("'-1", WorklistCsv.guarded("-1"));
        assertEquals("'@a", WorklistCsv.guarded("@a"));
        assertEquals("<5 pg/mL", WorklistCsv.guarded("<5 pg/mL"));
    }
}
