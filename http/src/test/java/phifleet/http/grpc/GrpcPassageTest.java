package phifleet.http.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcPassageTest {
    private static Buffer message(Buffer content) {
        return GrpcFrames.prefix(content.length()).appendBuffer(content);
    }

    private static Buffer costing(long nanos, int more) {
        return message(GrpcCost.field(nanos).appendBytes(new byte[more]));
    }

    /** Messages that are empty, short, of other fields, and long, with and without a cost. */
    private static Buffer stream() {
        return message(Buffer.buffer())
                .appendBuffer(costing(7, 0))
                .appendBuffer(message(Buffer.buffer("hello")))
                .appendBuffer(message(Buffer.buffer("longer than a cost is")))
                .appendBuffer(costing(1_234_567_890_123L, 300));
    }

    @Test
    void messages_areToldOnceEach_howeverTheBytesAreParted() {
        Buffer stream = stream();
        for (int part = 1; part <= stream.length(); part++) {
            List<Long> told = new ArrayList<>();
            GrpcPassage passage = new GrpcPassage(told::add);
            for (int at = 0; at < stream.length(); at += part) {
                passage.pass(stream.slice(at, Math.min(stream.length(), at + part)));
            }
            assertThat(told).as("in parts of " + part).containsExactly(0L, 7L, 0L, 0L, 1_234_567_890_123L);
        }
    }

    @Test
    void message_ofFourGigabytes_holdsNothing_andTellsOnce() {
        List<Long> told = new ArrayList<>();
        GrpcPassage passage = new GrpcPassage(told::add);
        passage.pass(Buffer.buffer().appendByte((byte) 0).appendInt(-1));
        Buffer megabyte = Buffer.buffer(new byte[1 << 20]);
        for (int i = 0; i < 4_096; i++) {
            passage.pass(megabyte);
        }
        assertThat(told).as("one byte of it was too many, and begins the next").containsExactly(0L);
    }

    @Test
    void cost_thatIsNegative_isNone() {
        List<Long> told = new ArrayList<>();
        new GrpcPassage(told::add)
                .pass(message(Buffer.buffer(new byte[] {(byte) 0xc1, 0x3e}).appendLongLE(-5)));
        assertThat(told).containsExactly(0L);
    }
}
