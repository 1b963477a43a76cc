package health.setpoint.knowledge.terminology;

import java.math.BigDecimal;

/** Amount of drug in one tablet or capsule, mL, actuation, or packet or tube. */
public record Strength(BigDecimal mg, Per per) {}
