package health.setpoint.client.token;

import java.util.Locale;

/** Why a caller is not let in: for the log and for counting, never for the caller. */
public enum RejectionReason {
    NO_AUTHORIZATION,
    SEVERAL_AUTHORIZATIONS,
    NOT_BEARER,
    TOKEN_TOO_LONG,
    NOT_A_JWT,
    HEADER_UNREADABLE,
    WRONG_TYPE,
    KEY_IN_TOKEN,
    CRITICAL_EXTENSION,
    CLAIMS_UNREADABLE,
    ISSUER_MISSING,
    TENANT_MALFORMED,
    CLIENT_UNKNOWN,
    ALGORITHM_NOT_ACCEPTED,
    KEY_PLACE_NOT_REGISTERED,
    KEY_ID_MISSING,
    KEY_UNKNOWN,
    SIGNATURE_WRONG,
    AUDIENCE_MISSING,
    AUDIENCE_WRONG,
    EXPIRY_MISSING,
    EXPIRED,
    ISSUE_TIME_MISSING,
    ISSUED_IN_FUTURE,
    NOT_BEFORE_MALFORMED,
    NOT_YET_VALID,
    LIFETIME_TOO_LONG,
    TOKEN_ID_MISSING,
    REPLAYED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
