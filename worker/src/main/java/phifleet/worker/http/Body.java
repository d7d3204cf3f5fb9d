package phifleet.worker.http;

import java.util.concurrent.atomic.AtomicLong;

/** A whole body, and the share of the server's memory for bodies that it holds until it was parsed. */
final class Body {
    private final byte[] bytes;
    private final AtomicLong memory;

    Body(byte[] bytes, AtomicLong memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    byte[] bytes() {
        return bytes;
    }

    /** To be called once, when nobody needs the bytes any more. */
    void release() {
        memory.addAndGet(bytes.length);
    }
}
