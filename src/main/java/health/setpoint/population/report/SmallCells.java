package health.setpoint.population.report;

/**
 * Counts of patients as they may be published: none below a threshold, and none that could be worked out from the others of
 * its row or column and their sum.
 */
final class SmallCells {

    private SmallCells() {}

    /**
     * Which cells are not published. A count of none is: it names nobody.
     *
     * @param counts a table without its sums; a list is a table of one row
     * @param threshold the smallest count of anybody that is published
     */
    static boolean[][] hidden(long[][] counts, int threshold) {
        var hidden = new boolean[counts.length][counts.length == 0 ? 0 : counts[0].length];
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                hidden[row][column] = counts[row][column] > 0 && counts[row][column] < threshold;
            }
        }
        var changed = true;
        while (changed) {
            changed = false;
            for (int row = 0; row < counts.length; row++) {
                changed |= cover(counts, hidden, threshold, row, 0, 0, 1);
            }
            for (int column = 0; counts.length > 1 && column < counts[0].length; column++) {
                changed |= cover(counts, hidden, threshold, 0, column, 1, 0);
            }
        }
        return hidden;
    }

    /** What is hidden in a row or column must be two cells at least, of as many patients as the threshold. */
    private static boolean cover(
            long[][] counts, boolean[][] hidden, int threshold, int row, int column, int down, int right) {
        var cells = 0;
        long patients = 0;
        var smallestRow = -1;
        var smallestColumn = -1;
        for (int r = row, c = column; r < counts.length && c < counts[0].length; r += down, c += right) {
            if (hidden[r][c]) {
                cells++;
                patients += counts[r][c];
            } else if (smallestRow < 0 || isBetter(counts[r][c], counts[smallestRow][smallestColumn])) {
                smallestRow = r;
                smallestColumn = c;
            }
        }
        if (cells == 0 || cells > 1 && patients >= threshold || smallestRow < 0) {
            return false;
        }
        hidden[smallestRow][smallestColumn] = true;
        return true;
    }

    /** The smallest count of somebody hides most at the least loss; a count of none only where there is no other. */
    private static boolean isBetter(long count, long than) {
        return than == 0 ? count > 0 : count > 0 && count < than;
    }
}
