package phifleet.inference.graph.part;

import java.util.List;

/** Attention with linear biases (Press et al., 2022), looking both ways: a score loses its head's slope for each token of distance. */
public final class Alibi {
    /** So little that a key does not count, in 16-bit floats too. */
    private static final float HIDDEN = -3.0e4f;

    private Alibi() {}

    /** For texts as long as will be asked for. */
    public static Mask.Bias bias(Parts parts, int heads) {
        int reach = parts.mostTokens() - 1;
        int places = 2 * reach + 1;
        String table = parts.graph().table(List.of("alibi", heads, reach), () -> table(heads, reach), heads, places);
        return new Mask.Bias(table, reach);
    }

    /** The same for tokens that look back only. */
    public static Mask.Bias causal(Parts parts, int heads) {
        int reach = parts.mostTokens() - 1;
        int places = 2 * reach + 1;
        String table = parts.graph()
                .table(List.of("alibi back", heads, reach), () -> causal(table(heads, reach), reach), heads, places);
        return new Mask.Bias(table, reach);
    }

    private static float[] causal(float[] table, int reach) {
        int places = 2 * reach + 1;
        for (int i = 0; i < table.length; i++) {
            if (i % places > reach) {
                table[i] = HIDDEN;
            }
        }
        return table;
    }

    private static float[] table(int heads, int reach) {
        int places = 2 * reach + 1;
        float[] table = new float[Math.multiplyExact(heads, places)];
        for (int head = 0; head < heads; head++) {
            float slope = (float) slope(head, heads);
            for (int place = 0; place < places; place++) {
                table[head * places + place] = -slope * Math.abs(place - reach);
            }
        }
        return table;
    }

    /** 2^(−8i/n) for the heads i from 1 to n where n is a power of two; else those of the next smaller one, then every other of the next larger. */
    static double slope(int head, int heads) {
        int power = Integer.highestOneBit(heads);
        return head < power
                ? Math.pow(2, -8.0 * (head + 1) / power)
                : Math.pow(2, -8.0 * (2 * (head - power) + 1) / (2 * power));
    }
}
