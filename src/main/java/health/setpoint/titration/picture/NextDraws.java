package health.setpoint.titration.picture;

import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabTest;
import java.time.LocalDate;
import java.util.List;

/** What is to be measured again, and when: the windows of the draws to come. */
public final class NextDraws {

    private final Picture picture;

    NextDraws(Picture picture) {
        this.picture = picture;
    }

    /** Estradiol by LC-MS/MS and testosterone, today. */
    public Recheck now() {
        return recheck(Window.on(picture.today()));
    }

    /** Estradiol by LC-MS/MS and testosterone, 28 to 42 days from today. */
    public Recheck afterSteadyState() {
        return recheck(Window.after(
                picture.today(),
                picture.policy().timing().recheckFromDays(),
                picture.policy().timing().recheckToDays()));
    }

    /** Estradiol by LC-MS/MS and testosterone, 28 to 42 days after a change, never in the past. */
    public Recheck afterChange(LocalDate change) {
        LocalDate from = latestOf(change.plusDays(picture.policy().timing().recheckFromDays()), picture.today());
        LocalDate to = latestOf(change.plusDays(picture.policy().timing().recheckToDays()), from);
        return recheck(new Window(from, to));
    }

    /** The interval of a stable course, counted from the last draw. */
    public Recheck whenStable() {
        LocalDate drawn = picture.deciding().flatMap(Estradiol::drawn).orElse(picture.today());
        boolean unchangedForLong = picture.lastChange()
                .map(change -> !change.on()
                        .plusMonths(picture.policy().monitoring().firstYearMonths())
                        .isAfter(picture.today()))
                .orElse(false);
        int days = unchangedForLong
                ? picture.policy().monitoring().laterIntervalDays()
                : picture.policy().monitoring().firstYearIntervalDays();
        LocalDate day = latestOf(drawn.plusDays(days), picture.today());
        return new Recheck(
                Window.on(day),
                List.of(LabTest.ESTRADIOL, LabTest.TESTOSTERONE, LabTest.CBC, LabTest.CMP),
                false,
                picture.therapies().testosterone().isPresent());
    }

    /** Estradiol by LC-MS/MS and testosterone in a window; testosterone first where none is known. */
    public Recheck recheck(Window window) {
        List<LabTest> labs = picture.testosterone().isPresent()
                ? List.of(LabTest.ESTRADIOL, LabTest.TESTOSTERONE)
                : List.of(LabTest.TESTOSTERONE, LabTest.ESTRADIOL);
        return new Recheck(
                window, labs, true, picture.therapies().testosterone().isPresent());
    }

    private static LocalDate latestOf(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
