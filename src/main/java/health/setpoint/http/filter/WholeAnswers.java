package health.setpoint.http.filter;

import jakarta.ws.rs.container.ContainerResponseContext;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Texts are handed to the connection whole: written bit by bit they would hold a thread for as long as their caller takes nothing. */
public class WholeAnswers {

    @ServerResponseFilter
    void handOver(ContainerResponseContext answer) {
        if (answer.getEntity() instanceof String text) {
            answer.setEntity(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
