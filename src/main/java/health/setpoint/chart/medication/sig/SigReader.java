package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.product.ProductStrength;
import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.DoseUnits;
import health.setpoint.knowledge.terminology.SigWords;
import health.setpoint.titration.therapy.Drug;
import java.util.Optional;
import java.util.Set;

/**
 * Reads dosage instructions in words. Every word has to be used up, by the grammar or as one that changes nothing; an
 * instruction with a word left over is not understood.
 */
public final class SigReader {

    private static final int LONGEST = 400;

    private final SigWords words;
    private final DoseUnits units;

    public SigReader(SigWords words, DoseUnits units) {
        this.words = words;
        this.units = units;
    }

    /**
     * Reads an instruction.
     *
     * @param strength of the product, with which tablets, millilitres and the like are counted
     * @param drugs of the product, which the words may name; empty where they may name any
     */
    public ParsedSig read(String text, Optional<ProductStrength> strength, Set<Drug> drugs) {
        return text.length() > LONGEST
                ? ParsedSig.notUnderstood("The instruction is too long to be read.", true)
                : SigParser.parse(SigToken.of(text), words, units, strength, drugs);
    }
}
