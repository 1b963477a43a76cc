package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.labs.Analyte;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units of both worlds give the same number; a wrong unit gives none. */
class UnitTableTest {

    private final UnitTable units = Knowledge.load().units();

    @ParameterizedTest(name = "{1} {2} of {0} are {3} in the base unit")
    @CsvSource({
        "ESTRADIOL, 20, pg/mL, 20.0",
        "ESTRADIOL, 20, ng/L, 20.0",
        "ESTRADIOL, 2, ng/dL, 20.0",
        "ESTRADIOL, 73.4, pmol/L, 20.0",
        "ESTRADIOL, 146.9, pmol/L, 40.0",
        "ESTRADIOL, 148, pmol/L, 40.3",
        "ESTRADIOL, 220.3, pmol/L, 60.0",
        "ESTRADIOL, 221, pmol/L, 60.2",
        "ESTRADIOL, 330.4, pmol/L, 90.0",
        "ESTRADIOL, 0.0734, nmol/L, 20.0",
        "ESTRADIOL, 72, PG/ML, 72.0",
        "ESTRADIOL, 72, pg/ml, 72.0",
        "TESTOSTERONE, 650, ng/dL, 650",
        "TESTOSTERONE, 6.5, ng/mL, 650",
        "TESTOSTERONE, 6.5, ug/L, 650",
        "TESTOSTERONE, 6.5, µg/L, 650",
        "TESTOSTERONE, 6.5, mcg/L, 650",
        "TESTOSTERONE, 1, nmol/L, 29",
        "TESTOSTERONE, 42, nmol/L, 1211",
        "TESTOSTERONE, 10.4, nmol/L, 300",
        "FREE_TESTOSTERONE, 9.3, pg/mL, 9.3",
        "FREE_TESTOSTERONE, 0.93, ng/dL, 9.3",
        "FREE_TESTOSTERONE, 32.245, pmol/L, 9.3",
        "BIOAVAILABLE_TESTOSTERONE, 10, nmol/L, 288.4",
        "SHBG, 35, nmol/L, 35.0",
        "LH, 5, m[IU]/mL, 5.0",
        "LH, 5, mIU/mL, 5.0",
        "FSH, 5, [IU]/L, 5.0",
        "FSH, 5, IU/L, 5.0",
        "HEMATOCRIT, 49.8, %, 49.8",
        "HEMATOCRIT, 0.498, L/L, 49.8",
        "HEMATOCRIT, 0.498, {ratio}, 49.8",
        "HEMATOCRIT, 0.498, Ratio, 49.8",
        "HEMOGLOBIN, 150, g/L, 15.0",
        "PSA, 1.2, ug/L, 1.20",
        "AST, 40, U/L, 40",
        "ALT, 40, IU/L, 40",
        "BILIRUBIN, 1.2, mg/dL, 1.20",
        "CREATININE, 88.4, umol/L, 1.00",
        "EGFR, 90, mL/min/{1.73_m2}, 90",
        "GLUCOSE, 5.5, mmol/L, 99",
        "HBA1C, 5.7, %, 5.7",
        "HBA1C, 39, mmol/mol, 5.7",
        "HBA1C, 48, mmol/mol, 6.5",
        "CHOLESTEROL, 5.17, mmol/L, 200",
        "BMI, 31, kg/m2, 31.0",
        "WAIST, 40, [in_i], 101.6",
        "WEIGHT, 200, [lb_av], 90.7",
        "DXA_T_SCORE, -1.8, {Tscore}, -1.8"
    })
    void unitsOfBothWorlds(Analyte analyte, BigDecimal amount, String unit, BigDecimal base) {
        var found = units.unit(analyte, unit, amount).orElseThrow();

        assertEquals(base, found.toBase(amount).setScale(analyte.decimals(), RoundingMode.HALF_UP));
    }

    @ParameterizedTest(name = "{1} is no unit of {0}")
    @CsvSource({
        "ESTRADIOL, ng/mL",
        "ESTRADIOL, mg/dL",
        "ESTRADIOL, PMOL",
        "ESTRADIOL, ''",
        "ESTRADIOL, pg",
        "ESTRADIOL, Pg/mL",
        "ESTRADIOL, %",
        "TESTOSTERONE, pg/mL",
        "TESTOSTERONE, pmol/L",
        "TESTOSTERONE, mg/L",
        "FREE_TESTOSTERONE, nmol/L",
        "FREE_TESTOSTERONE, %",
        "SHBG, ng/dL",
        "HEMATOCRIT, g/dL",
        "HEMATOCRIT, ''",
        "PSA, ng/dL",
        "BILIRUBIN, U/L",
        "HBA1C, mmol/L",
        "GLUCOSE, mmol/mol"
    })
    void unitsOfTheWrongKindAreNotFound(Analyte analyte, String unit) {
        assertTrue(units.unit(analyte, unit).isEmpty());
    }

    @Test
    void aHematocritAboveOneInAFractionUnitIsAPercentage() {
        var found = units.unit(Analyte.HEMATOCRIT, "{ratio}", new BigDecimal("49.8"))
                .orElseThrow();

        assertEquals("%", found.symbol());
        assertEquals(0, new BigDecimal("49.8").compareTo(found.toBase(new BigDecimal("49.8"))));
    }

    @Test
    void aConversionKeepsAllDecimals() {
        assertEquals(
                new BigDecimal("19.992692"),
                units.unit(Analyte.ESTRADIOL, "pmol/L").orElseThrow().toBase(new BigDecimal("73.4")));
    }

    @Test
    void everyAnalyteIsReadInItsBaseUnit() {
        for (Analyte analyte : Analyte.values()) {
            assertTrue(units.unit(analyte, analyte.baseUnit()).isPresent(), analyte.name());
        }
    }
}
