package health.setpoint.hook;

/** How hard the tests of hostile input try: {@code ./mvnw -Pattack test} runs their long versions. */
public final class Attack {

    private static final boolean IS_LONG = Boolean.getBoolean("setpoint.attack");

    private Attack() {}

    public static boolean isLong() {
        return IS_LONG;
    }

    /** So many in every build, so many in a long run. */
    public static int times(int usually, int inALongRun) {
        return IS_LONG ? inALongRun : usually;
    }
}
