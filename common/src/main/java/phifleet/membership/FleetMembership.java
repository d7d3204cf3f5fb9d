package phifleet.membership;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import phifleet.common.WorkerCard;

/**
 * A worker's place in the fleet. To be a member means "ready to take traffic": join once every model is loaded and
 * checked, leave before draining.
 *
 * <p>Joining goes on in the background and starts again when it fails: a worker serves alone for as long as it must. No
 * method throws, and none blocks longer than {@link MembershipSettings#leaveTimeout()}.
 */
public final class FleetMembership {
    private final CountDownLatch joined = new CountDownLatch(1);
    private final MemberLife life;

    private FleetMembership(WorkerCard card, MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        CardWatch cards = new CardWatch(settings.secret(), listener);
        this.life =
                MemberLife.begin("fleet-membership", settings, CardAttributes.of(card, settings.secret()), member -> {
                    cards.subscribe(member);
                    joined.countDown();
                });
    }

    /** Announces the worker, and goes on trying in the background until {@link #leave()}. Returns at once. */
    public static FleetMembership join(WorkerCard card, MembershipSettings settings) {
        return join(card, settings, others -> {});
    }

    /**
     * The same.
     *
     * @param listener gets all workers of the fleet, this one too, at each change and whole, on a thread of Hazelcast's
     */
    public static FleetMembership join(
            WorkerCard card, MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        return new FleetMembership(card, settings, listener);
    }

    /** Waits until the worker is announced; false where that took longer. Nobody needs to wait. */
    public boolean awaitJoined(Duration timeout) throws InterruptedException {
        return joined.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the worker out of the fleet. When this returns the others know, by the closed connection; what Hazelcast still
     * has to tidy goes on in the background. Safe to call again.
     */
    public void leave() {
        life.end();
    }
}
