package health.setpoint.hook;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for calls that break the evaluation, guided by the branches that they reach. */
class OddCallsFuzzTest {

    /** Calls that EHRs send, changed in some places. */
    @FuzzTest(maxDuration = "10m")
    void anOddCall(byte[] choices) {
        Judged.call(OddCall.of(choices));
    }

    /** Anything as a body. */
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] body) {
        Judged.body(body);
    }
}
