package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ElementType;

/** A file of weights beside a graph, written one after another, so that no more than one of them is in memory. One thread. */
final class WeightFile implements AutoCloseable {
    /** Where engines map weights they want them to begin. */
    private static final int ALIGNMENT = 64;

    private final Path path;
    private final FileChannel file;
    private long end;

    WeightFile(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds a tensor. */
    StoredTensor add(String name, ElementType type, List<Long> shape, ByteBuffer numbers) throws IOException {
        long start = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
        ByteBuffer left = numbers.duplicate();
        long length = left.remaining();
        for (long at = start; left.hasRemaining(); ) {
            at += file.write(left, at);
        }
        end = start + length;
        return new StoredTensor(name, path, type, shape, start, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
