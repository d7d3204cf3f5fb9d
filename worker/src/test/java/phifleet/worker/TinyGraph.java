package phifleet.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import phifleet.inference.onnx.ProtoWriter;

/** A graph of one node: {@code y = x + c}, rows of one float. */
final class TinyGraph {
    private static final int FLOAT = 1;

    private TinyGraph() {}

    /** Puts one where another may be read, as {@code mv} does. */
    static Path write(Path file, float added) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Path beside = Files.write(file.resolveSibling("beside"), bytes(added));
        return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static byte[] bytes(float added) {
        return bytes(constant().bytes(9, little(Float.floatToIntBits(added))));
    }

    /** With what it adds in a file beside it. */
    static byte[] withWeightsIn(String file) {
        ProtoWriter location = new ProtoWriter().text(1, "location").text(2, file);
        return bytes(constant().message(13, location).varint(14, 1));
    }

    private static ProtoWriter constant() {
        return new ProtoWriter().varint(1, 1).varint(2, FLOAT).text(8, "c");
    }

    private static byte[] bytes(ProtoWriter constant) {
        ProtoWriter node =
                new ProtoWriter().text(1, "x").text(1, "c").text(2, "y").text(4, "Add");
        ProtoWriter graph = new ProtoWriter()
                .message(1, node)
                .text(2, "plus")
                .message(5, constant)
                .message(11, value("x"))
                .message(12, value("y"));
        return new ProtoWriter()
                .varint(1, 8)
                .message(7, graph)
                .message(8, new ProtoWriter().varint(2, 16))
                .toByteArray();
    }

    private static ProtoWriter value(String name) {
        ProtoWriter shape =
                new ProtoWriter().message(1, new ProtoWriter().text(2, "n")).message(1, new ProtoWriter().varint(1, 1));
        ProtoWriter tensor = new ProtoWriter().varint(1, FLOAT).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    private static byte[] little(int bits) {
        return new byte[] {(byte) bits, (byte) (bits >>> 8), (byte) (bits >>> 16), (byte) (bits >>> 24)};
    }
}
