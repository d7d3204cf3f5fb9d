package phifleet.http;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names for requests: the caller's own where it is fit for a log line, else one of ours. Thread-safe. */
public final class RequestIds {
    private static final int MAX_LENGTH = 128;

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    /**
     * Names that begin so.
     *
     * @param program its id, which with the time of its start makes the names unique in the fleet
     */
    public RequestIds(String program, Instant startedAt) {
        prefix = program + "-" + Long.toString(startedAt.toEpochMilli(), 36) + "-";
    }

    /** The given name if it is 1 to 128 printable ASCII characters, else a new one. */
    String of(@Nullable String given) {
        if (given != null && !given.isEmpty() && given.length() <= MAX_LENGTH) {
            int i = 0;
            while (i < given.length() && given.charAt(i) > ' ' && given.charAt(i) < 0x7f) {
                i++;
            }
            if (i == given.length()) {
                return given;
            }
        }
        return prefix + Long.toString(next.getAndIncrement(), 36);
    }
}
