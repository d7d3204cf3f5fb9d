package phifleet.inference.text;

/**
 * What a model says something of, one after the other, in one text: its tokens, or its words. Places are in Unicode code points. The
 * arrays are not copied: their maker hands them over.
 */
public final class TextUnits {
    private final int[] starts;
    private final int[] stops;
    private final boolean[] continued;

    /**
     * @param continued which of them go on with the word that the one before belongs to
     */
    public TextUnits(int[] starts, int[] stops, boolean[] continued) {
        this.starts = starts;
        this.stops = stops;
        this.continued = continued;
    }

    int count() {
        return starts.length;
    }

    public int start(int unit) {
        return starts[unit];
    }

    public int stop(int unit) {
        return stops[unit];
    }

    public boolean continuesWord(int unit) {
        return continued[unit];
    }
}
