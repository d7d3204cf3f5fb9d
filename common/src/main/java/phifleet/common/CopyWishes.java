package phifleet.common;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which copies of models that are loaded on demand a gateway would have at one worker. It says so again and again while it does
 * ({@link #text} in {@link FleetHeaders#COPIES}), and a worker forgets what is said no more: so nobody has to take a wish back, and
 * gateways that come and go leave nothing behind.
 *
 * @param kept ids of models that the worker should load, where that costs no other, and hold
 * @param spare ids of models that others hold in as many copies as are needed
 */
public record CopyWishes(List<String> kept, List<String> spare) {
    public static final CopyWishes NONE = new CopyWishes(List.of(), List.of());

    /** A head has room for so many characters of them. */
    static final int MOST_CHARACTERS = 4_000;

    /** So many further on each turn begins: few enough that a head takes them whatever their names. */
    private static final int STEP = 30;

    /** Marks one that is spare. No encoded name begins so. */
    private static final char SPARE = '-';

    public CopyWishes {
        kept = List.copyOf(kept);
        spare = List.copyOf(spare);
    }

    public boolean isEmpty() {
        return kept.isEmpty() && spare.isEmpty();
    }

    /**
     * As many of them as go into a header.
     *
     * @param turn another begins with others, so that in some turns all are said; at least 0
     */
    public String text(int turn) {
        List<String> words = new ArrayList<>();
        kept.forEach(id -> words.add(encoded(id)));
        spare.forEach(id -> words.add(SPARE + encoded(id)));
        StringBuilder text = new StringBuilder(100);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get((int) ((STEP * (long) turn + i) % words.size()));
            if (text.length() + word.length() < MOST_CHARACTERS) {
                text.append(text.isEmpty() ? "" : ",").append(word);
            }
        }
        return text.toString();
    }

    private static String encoded(String id) {
        String text = URLEncoder.encode(id, StandardCharsets.UTF_8);
        return text.startsWith("-") ? "%2D" + text.substring(1) : text;
    }

    /** What a header says; words that are none are passed over. */
    public static CopyWishes read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        List<String> kept = new ArrayList<>();
        List<String> spare = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            boolean isSpare = !word.isEmpty() && word.charAt(0) == SPARE;
            try {
                (isSpare ? spare : kept)
                        .add(URLDecoder.decode(word.substring(isSpare ? 1 : 0).strip(), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Nobody's name.
            }
        }
        return new CopyWishes(kept, spare);
    }
}
