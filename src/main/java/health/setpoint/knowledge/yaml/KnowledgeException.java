package health.setpoint.knowledge.yaml;

/** A knowledge file or a site choice that is refused; the message names file and line, or the choice. */
public final class KnowledgeException extends RuntimeException {

    public KnowledgeException(String message) {
        super(message);
    }

    public KnowledgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
