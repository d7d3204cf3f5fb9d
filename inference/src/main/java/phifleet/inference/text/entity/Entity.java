package phifleet.inference.text.entity;

/**
 * A span of a text that has a name.
 *
 * @param label what it is
 * @param start its first place in the text, in Unicode code points
 * @param stop the place behind the last
 */
public record Entity(String label, float score, int start, int stop) {}
