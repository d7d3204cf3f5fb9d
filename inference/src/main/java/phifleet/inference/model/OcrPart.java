package phifleet.inference.model;

import java.util.List;

/** What a network does of reading the text in images. */
public enum OcrPart {
    /** Finds lines: how likely each pixel belongs to one. */
    DETECTION("text-detector", 320, 320),
    /** Tells which way up a line is. */
    DIRECTION("text-direction", 48, 192),
    /** Reads a line. */
    RECOGNITION("text-recognizer", 48, 320);

    private final String label;
    private final int exampleHeight;
    private final int exampleWidth;

    OcrPart(String label, int exampleHeight, int exampleWidth) {
        this.label = label;
        this.exampleHeight = exampleHeight;
        this.exampleWidth = exampleWidth;
    }

    /** The name in answers and in the fleet. */
    public String label() {
        return label;
    }

    /** A shape that its input can have: one image, three channels, height, width. */
    public List<Long> exampleShape() {
        return List.of(1L, 3L, (long) exampleHeight, (long) exampleWidth);
    }
}
