package phifleet.equations.ast;

/**
 * A place in the source text, in UTF-16 units, as Java and JavaScript count.
 *
 * @param start the first, from 0
 * @param length at least 0
 */
public record Span(int start, int length) {
    public Span {
        if (start < 0 || length < 0) {
            throw new IllegalArgumentException("span " + start + "+" + length);
        }
    }

    /** One past the last. */
    public int end() {
        return start + length;
    }

    /** The smallest span that holds both. */
    public Span cover(Span other) {
        int first = Math.min(start, other.start);
        return new Span(first, Math.max(end(), other.end()) - first);
    }

    /** What stands there. */
    public String of(String source) {
        return source.substring(Math.min(start, source.length()), Math.min(end(), source.length()));
    }
}
