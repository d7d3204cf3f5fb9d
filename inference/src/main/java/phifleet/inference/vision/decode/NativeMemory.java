package phifleet.inference.vision.decode;

import java.lang.foreign.MemorySegment;

/** Memory outside of the heap that one call has; nobody may read it once it is closed, which is done once. */
record NativeMemory(MemorySegment bytes, NativeHeap heap) implements AutoCloseable {
    @Override
    public void close() {
        heap.give(bytes);
    }
}
