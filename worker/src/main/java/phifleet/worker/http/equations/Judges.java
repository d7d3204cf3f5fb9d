package phifleet.worker.http.equations;

import phifleet.http.endpoint.WorkPool;

/**
 * The threads that judge equations, in two pools. Every equation is first tried on {@code quick}, for {@value
 * Judging#QUICK_MS} ms at most; one that needs longer is judged again on {@code slow}. So a quick one waits for quick ones
 * alone, whatever the others ask. A request has one equation in work at a time, hence one thread at most.
 */
public record Judges(WorkPool quick, WorkPool slow) implements AutoCloseable {
    /** Two pools of so many threads each. */
    public Judges(int threads) {
        this(new WorkPool("judge", threads), new WorkPool("judge-slow", threads));
    }

    @Override
    public void close() {
        quick.close();
        slow.close();
    }
}
