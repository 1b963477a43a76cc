package health.setpoint.titration.rules;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.picture.Picture;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the rule table: a rule with all that it does to the others.
 *
 * @param <C> how its condition is asked, which its phase decides
 * @param id its public id
 * @param phase when it is asked
 * @param condition its condition and what it finds
 * @param effects what it does beside saying what it found
 * @param withholds why every start and increase is withheld where it fires; empty where it withholds none
 */
public record Rule<C>(RuleId id, Phase phase, C condition, Set<Effect> effects, Optional<Withheld> withholds) {

    /** The phases of an evaluation. */
    public enum Phase {
        /** A: does the pathway apply at all? The first gate that closes ends the evaluation. */
        GATE,
        /** B: orders and interactions. All that match are told. */
        INTERACTION,
        /** C: safety conditions. All that match are told. */
        SAFETY,
        /** D: may a titration rest on the data? The first that fires decides. */
        DATA_QUALITY,
        /** E: exactly one decides. */
        TITRATION,
        /** Added to what decides. */
        ANNOTATION,
        /** What the drafts are held against once the limits have spoken. */
        DRAFTS,
        /** F: shown beside the advice; changes neither rule nor dose. */
        CONTEXT
    }

    /** What a rule does to others or lets others do to it. */
    public enum Effect {
        /** Its own card takes the drafted inhibitor out, so that no other rule has to speak of that draft. */
        DELETES_DRAFT,
        /** Where it fires no course is continued: a hold comes first. */
        ENDS_CONTINUE,
        /** Fires too where the deciding rule would start anastrozole. */
        LOOKS_AHEAD,
        /** Advises against a drafted start, which its card takes out. */
        REMOVES_DRAFT,
        /** Comes to the running dose, which a rule that ends a continuation takes away. */
        CONTINUES,
        /** Above the ceiling it comes down to the highest rung. */
        BOUND_BY_CEILING,
        /** Rests on a value that a sample drawn too early after an injection overstates: R-37 annotates it. */
        OVERSTATED_AT_PEAK,
        /** Rests on a low value, which an immunoassay may have understated: R-35 annotates it. */
        RESTS_ON_LOW,
        /** A fast fall of estradiol calls for an earlier look: R-48 annotates it. */
        WATCHED_FOR_FALL,
        /** Speaks of the drafted testosterone, not of the inhibitor. */
        OF_TESTOSTERONE,
        /** Speaks of the patient, and so of whatever is drafted. */
        OF_ANY_DRAFT,
        /** A gate beside which nothing else is asked. */
        STANDS_ALONE,
        /** A gate behind which a low estradiol still leads. */
        LETS_LOW_LEAD,
        /** A gate whose card is about safety, not about titration. */
        SAFETY_CARD
    }

    /** A condition that the picture answers alone. */
    @FunctionalInterface
    public interface OnPicture<F> {
        Optional<F> find(Picture picture);
    }

    /** A condition of phase B or C. {@code startProposed}: the deciding rule would start anastrozole. */
    @FunctionalInterface
    public interface OfSafety {
        Optional<SafetyFinding> find(Picture picture, boolean startProposed);
    }

    /** A condition that annotates a verdict; empty where it does not fire. */
    @FunctionalInterface
    public interface Annotating {
        Optional<Verdict> annotate(Verdict verdict, Picture picture);
    }

    /**
     * What an evaluation has come to when the drafts are held against it.
     *
     * @param own what the deciding rule came to by itself
     * @param limited the same after annotations and limits
     * @param safety what fired in phases B and C
     */
    public record Reached(Verdict own, Verdict limited, List<SafetyFinding> safety) {}

    /** A condition on the drafts, and what it does to the verdict that is spoken. */
    public interface OnDrafts {

        /** What speaks against the drafts, where anything does. */
        Optional<Finding> find(Reached reached, Picture picture);

        /** The verdict with that finding and all that follows from it. */
        Verdict apply(Finding finding, Verdict verdict, Picture picture);
    }

    public Rule {
        effects = effects.isEmpty() ? Set.of() : EnumSet.copyOf(effects);
    }

    static <C> Rule<C> of(RuleId id, Phase phase, C condition, Effect... effects) {
        return new Rule<>(id, phase, condition, Set.of(effects), Optional.empty());
    }

    Rule<C> withholding(Withheld reason) {
        return new Rule<>(id, phase, condition, effects, Optional.of(reason));
    }

    /** One of its effects. */
    public boolean does(Effect effect) {
        return effects.contains(effect);
    }
}
