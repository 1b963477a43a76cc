package health.setpoint.client;

import java.util.Arrays;
import java.util.Optional;

/** What a client may do beside calling services; nothing of it unless its file says so. */
public enum Permission {
    /** Ask why a call was answered as it was. */
    EXPLAIN("explain"),
    /** Read the report on its own cards. */
    REPORTS("reports"),
    /** Choose the dialect of a call, to try another EHR family's cards. */
    DIALECT("dialect");

    private final String word;

    Permission(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Permission> called(String word) {
        return Arrays.stream(values())
                .filter(permission -> permission.word.equals(word))
                .findFirst();
    }
}
