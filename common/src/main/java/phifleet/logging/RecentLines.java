package phifleet.logging;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last {@link #MOST} lines of a program's log, each of at most {@link #MOST_CHARACTERS} characters: 1 MB at the most. No key that it was
 * told of is ever in them. Safe from every thread.
 */
public final class RecentLines {
    public static final int MOST = 500;
    private static final int MOST_CHARACTERS = 1_000;

    /** Shorter texts stand in too many words. */
    private static final int LEAST_SECRET = 4;

    private final Deque<Line> lines = new ArrayDeque<>();
    private volatile Set<String> secrets = Set.of();

    /**
     * A line.
     *
     * @param level as Log4j names it
     * @param logger who says it, without the package
     * @param requestId of the request that it is about; null where it is about none
     */
    public record Line(
            Instant at,
            String level,
            String logger,
            String message,
            @Nullable String requestId) {}

    /** Has these blotted out of every line from now on. */
    void conceal(Set<String> texts) {
        secrets = Set.copyOf(
                texts.stream().filter(text -> text.length() >= LEAST_SECRET).toList());
    }

    void add(Line line) {
        String message = line.message();
        for (String secret : secrets) {
            message = message.replace(secret, "[key]");
        }
        String cut = message.length() <= MOST_CHARACTERS ? message : message.substring(0, MOST_CHARACTERS - 1) + "…";
        Line kept = new Line(line.at(), line.level(), line.logger(), cut, line.requestId());
        synchronized (lines) {
            lines.addLast(kept);
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
        }
    }

    /** The last so many, the oldest first. */
    public List<Line> last(int most) {
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - most)).toList();
        }
    }
}
