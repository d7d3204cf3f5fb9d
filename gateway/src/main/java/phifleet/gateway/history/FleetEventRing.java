package phifleet.gateway.history;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last {@link #MOST} events, each of at most {@link #MOST_CHARACTERS} characters of text: some 0.6 MB in all. Safe from every thread. */
public final class FleetEventRing {
    public static final int MOST = 1_000;
    private static final int MOST_CHARACTERS = 300;

    private final InstantSource clock;
    private final Deque<FleetEvent> events = new ArrayDeque<>();
    private long number;

    public FleetEventRing(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps what happened to a worker now. */
    public void add(FleetEvent.Kind kind, @Nullable String worker, String text) {
        add(kind, worker, null, text, null);
    }

    /**
     * Keeps what happened now.
     *
     * @param by the name of the key by which a person did it; null where nobody did
     */
    public synchronized void add(
            FleetEvent.Kind kind, @Nullable String worker, @Nullable String model, String text, @Nullable String by) {
        number++;
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS - 1) + "…" : text;
        events.addLast(new FleetEvent(number, clock.instant(), kind, worker, model, cut, by));
        if (events.size() > MOST) {
            events.removeFirst();
        }
    }

    /** The number of the newest; 0 where there is none. */
    public synchronized long newest() {
        return number;
    }

    /** The newest of those after a number, at most so many, the oldest first. */
    public synchronized List<FleetEvent> after(long number, int most) {
        List<FleetEvent> found =
                events.stream().filter(event -> event.number() > number).toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }
}
