package health.setpoint.hook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection that costs next to nothing: the caller shares its cores with the service. */
final class Connection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    Connection(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Answer get(String path) throws IOException {
        return send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    Answer post(String path, byte[] body) throws IOException {
        return send(message(path, body));
    }

    /** The bytes of a POST, to be sent as often as one likes. */
    static byte[] message(String path, byte[] body) {
        var head = ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    Answer send(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
        var status = Integer.parseInt(line().split(" ")[1]);
        var length = 0;
        var chunked = false;
        for (var header = line().toLowerCase(Locale.ROOT);
                !header.isEmpty();
                header = line().toLowerCase(Locale.ROOT)) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
        }
        return new Answer(status, chunked ? chunks() : in.readNBytes(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var length = chunk(); length > 0; length = chunk()) {
            body.write(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the service closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
