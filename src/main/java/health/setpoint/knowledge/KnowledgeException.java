package health.setpoint.knowledge;

/** A knowledge file or a site choice that is refused; the message names file and line, or the choice. */
public final class KnowledgeException extends RuntimeException {

    KnowledgeException(String message) {
        super(message);
    }

    KnowledgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
