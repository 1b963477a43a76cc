package health.setpoint.chart.medication.sig;

import java.util.Optional;

/** A production that took its words: what it was, and the place behind it. */
record Taken(Piece piece, int end) {

    /** What stands before a place. */
    enum Piece {
        NOTHING,
        DOSE,
        RATE,
        DAY,
        TIME,
        OTHER
    }

    static Optional<Taken> of(Piece piece, int end) {
        return Optional.of(new Taken(piece, end));
    }
}
