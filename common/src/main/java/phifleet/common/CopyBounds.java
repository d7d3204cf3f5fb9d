package phifleet.common;

/**
 * How many workers of a fleet may hold a model that is loaded on demand.
 *
 * @param min as many do, whether or not anybody asks for it
 * @param max no more do for what is asked of it; at least 1
 */
public record CopyBounds(int min, int max) {
    /** As many as a fleet may have. */
    public static final int MOST = 10_000;

    /** Of a model of which nothing is said. */
    public static final CopyBounds ANY = new CopyBounds(0, MOST);

    public CopyBounds {
        if (min < 0 || max < Math.max(1, min) || max > MOST) {
            throw new IllegalArgumentException("from " + min + " to " + max + " copies");
        }
    }
}
