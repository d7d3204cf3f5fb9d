package phifleet.http;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The bodies that come in on one event loop, each of which is looked at from time to time. One timer for all of them, and none where there
 * are none: a body that comes with its head, as most do, costs an entry.
 */
final class BodyWatch {
    /** A look is this late at most, in milliseconds. */
    private static final int TICK_MILLIS = 50;

    private final Vertx vertx;
    private final Set<Watched> open = new LinkedHashSet<>();
    private boolean ticks;

    /** One that waits for its body. */
    interface Watched {
        /** When it is to be looked at next, on the scale of {@link System#nanoTime}. */
        long nextLookNanos();

        /** Looks at what has come. */
        void look();
    }

    BodyWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    void add(Watched watched) {
        open.add(watched);
        if (!ticks) {
            ticks = true;
            vertx.setTimer(TICK_MILLIS, fired -> tick());
        }
    }

    /** One that is not there changes nothing. */
    void remove(Watched watched) {
        open.remove(watched);
    }

    private void tick() {
        long now = System.nanoTime();
        // What one does on its turn can end it, or others.
        for (Watched watched : new ArrayList<>(open)) {
            if (now - watched.nextLookNanos() >= 0) {
                watched.look();
            }
        }
        ticks = !open.isEmpty();
        if (ticks) {
            vertx.setTimer(TICK_MILLIS, fired -> tick());
        }
    }
}
