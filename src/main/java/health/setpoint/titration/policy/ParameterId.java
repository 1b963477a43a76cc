package health.setpoint.titration.policy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameter of the knowledge that a component of the policy takes its value from, so that no two can be swapped. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ParameterId {

    /** In place of a unit: the value is a rung of the ladder, counted from L1. */
    String RUNG = "rung";

    /** Its id, for instance {@code timing.steady-state}. */
    String value();

    /** The unit in which the rules compare it: a UCUM code, or words where there is none. */
    String unit();
}
