package phifleet.membership;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import phifleet.common.WorkerCard;

/**
 * A gateway's view of who is in the fleet. It is a member itself, so that workers find it and each other through it.
 *
 * <p>Each change gives the listener the whole list anew, one call after the other on a thread of Hazelcast's; no event can
 * be missed or come out of order. A list without workers can also mean that this process was cut off: the listener
 * decides what that is worth.
 */
public final class FleetWatch implements AutoCloseable {
    private final CardWatch cards;
    private final MemberLife life;

    private FleetWatch(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        this.cards = new CardWatch(settings.secret(), listener);
        this.life = MemberLife.begin("fleet-watch", settings, Map.of("gateway", "true"), cards::subscribe);
    }

    /** Starts watching in the background, and goes on trying where that fails. Returns at once. */
    public static FleetWatch start(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        return new FleetWatch(settings, listener);
    }

    /** Leaves the fleet, within {@link MembershipSettings#leaveTimeout()}. */
    @Override
    public void close() {
        cards.close();
        life.end();
    }
}
