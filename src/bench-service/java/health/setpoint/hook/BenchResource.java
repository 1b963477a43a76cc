package health.setpoint.hook;

import com.sun.management.ThreadMXBean;
import health.setpoint.journal.lifecycle.JournalSwitch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What the service is measured against, and what it cost. Part of the measured build only. */
@Path("/bench")
public class BenchResource {

    private final JournalSwitch journal;

    BenchResource(JournalSwitch journal) {
        this.journal = journal;
    }

    /** Reads the whole body and answers with its first bytes. */
    @POST
    @Path("/echo/{bytes}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response echo(@PathParam("bytes") int bytes, InputStream body) throws IOException {
        return Response.ok(Arrays.copyOf(body.readAllBytes(), bytes), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Has decisions kept or dropped. */
    @POST
    @Path("/journal/{keeping}")
    public void journal(@PathParam("keeping") boolean keeping) {
        journal.turn(keeping);
    }

    /** Bytes that all living threads have allocated so far. */
    @GET
    @Path("/allocated")
    public long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
