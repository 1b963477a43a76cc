package health.setpoint.hook.request;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/2 as callers speak it who do not play by its rules. */
final class Http2Frames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int CONFIRMED = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int RESET = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int INITIAL_WINDOW = 4;
    private static final int FRAME_HEAD = 9;

    private Http2Frames() {}

    /** The beginning of a connection whose caller lets no byte of an answer come. */
    static byte[] takingNothing() {
        var noWindow = ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW).putInt(0);
        var begin = new ByteArrayOutputStream();
        begin.writeBytes(PREFACE);
        begin.writeBytes(frame(SETTINGS, 0, 0, noWindow.array()));
        return begin.toByteArray();
    }

    /** A call whose body never comes. */
    static byte[] begun(int stream, String path) {
        return frame(
                HEADERS,
                END_HEADERS,
                stream,
                headers(
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":authority",
                        "localhost",
                        ":path",
                        path,
                        "content-type",
                        "application/json"));
    }

    /** A whole call. */
    static byte[] get(int stream, String path) {
        return frame(
                HEADERS,
                END_HEADERS | END_STREAM,
                stream,
                headers(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path));
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(FRAME_HEAD + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** HPACK's plainest form: each name and value as it is. */
    static byte[] headers(String... namesAndValues) {
        var block = ByteBuffer.allocate(1000);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.put((byte) 0);
            for (var text : List.of(namesAndValues[i], namesAndValues[i + 1])) {
                block.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        var bytes = new byte[block.position()];
        block.flip().get(bytes);
        return bytes;
    }

    /** The payload of the next frame of a type. */
    static ByteBuffer next(Socket socket, int wanted) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        while (true) {
            var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var type = in.readUnsignedByte();
            in.readNBytes(FRAME_HEAD - 4);
            var payload = in.readNBytes(length);
            if (type == wanted) {
                return ByteBuffer.wrap(payload);
            }
        }
    }

    /** Why the next stream is reset. What was on its way to one that is refused already is answered as to a closed one. */
    static int reset(Socket socket) throws IOException {
        var why = next(socket, RESET).getInt();
        return why == STREAM_CLOSED ? reset(socket) : why;
    }
}
