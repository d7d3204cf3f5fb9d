package phifleet.inference.model;

import java.util.Locale;

/** What the work of an input is counted in: for limits, batches, metrics and messages. */
public enum WorkUnit {
    /** Of a text, special tokens included. */
    TOKENS,
    /** Of an image, as the model takes it. */
    PIXELS,
    /** Of all of an input's tensors. */
    ELEMENTS,
    /** Where nothing else is known. */
    BYTES;

    /** The plural, as in {@code 512 tokens}; also a part of metrics' names and of keys in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
