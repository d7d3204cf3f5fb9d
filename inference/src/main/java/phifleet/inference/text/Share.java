package phifleet.inference.text;

/**
 * What a window of a long text, or a text that is one window, has of its text's vector.
 *
 * @param input the text's place in the request
 * @param tokens that it alone answers for
 */
public record Share(int input, int tokens) {}
