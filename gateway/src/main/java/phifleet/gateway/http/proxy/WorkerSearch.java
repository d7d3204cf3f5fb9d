package phifleet.gateway.http.proxy;

import java.time.Duration;

/** For how long one request has been without a worker that takes it, and what follows of that. For one event loop. */
final class WorkerSearch {
    /** How long a request that can go elsewhere waits for a worker: a change of members takes no longer. */
    private static final Duration WAIT_BEFORE_FALLBACK = Duration.ofMillis(250);

    /** After so long in waiting, a worker that failed the request may have it again. */
    static final Duration PAUSE_BEFORE_SECOND_TRY = Duration.ofMillis(200);

    private final Duration wait;
    private final boolean hasFallback;
    private boolean searching;
    private long since;

    /** What to do with the request. */
    enum Verdict {
        /** Another worker may be tried. */
        GO_ON,
        /** Its deadline has passed. */
        LATE,
        /** Whoever sent it has somebody else to ask. */
        FALL_BACK,
        /** Nobody has taken it for as long as it may wait. */
        IN_VAIN
    }

    /**
     * Of one request.
     *
     * @param wait the longest
     * @param hasFallback whether who sent it can ask somebody else
     */
    WorkerSearch(Duration wait, boolean hasFallback) {
        this.wait = wait;
        this.hasFallback = hasFallback;
    }

    /** No worker takes it now; a search that has begun goes on. Times are nanoseconds of one clock. */
    void begin(long now) {
        if (!searching) {
            searching = true;
            since = now;
        }
    }

    /** A worker has taken it. */
    void end() {
        searching = false;
    }

    Verdict verdict(long now, long deadline) {
        long searched = now - since;
        if (now - deadline >= 0) {
            return Verdict.LATE;
        }
        if (hasFallback && searched > WAIT_BEFORE_FALLBACK.toNanos()) {
            return Verdict.FALL_BACK;
        }
        return searched > wait.toNanos() ? Verdict.IN_VAIN : Verdict.GO_ON;
    }
}
