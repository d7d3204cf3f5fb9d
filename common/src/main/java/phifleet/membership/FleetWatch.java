package phifleet.membership;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetSecret;
import phifleet.common.WorkerCard;
import phifleet.membership.CardHolders.Announced;

/**
 * A gateway's view of who is in the fleet. It is a member itself, so that workers find it and each other through it.
 *
 * <p>Each change gives the listener the whole list anew, one call after the other on a thread of Hazelcast's; no event can
 * be missed or come out of order. A list without workers can also mean that this process was cut off: the listener
 * decides what that is worth.
 */
public final class FleetWatch implements AutoCloseable {
    private final Consumer<List<WorkerCard>> listener;
    private final @Nullable FleetSecret secret;
    private final CardHolders holders = new CardHolders();
    private final Object order = new Object();
    private volatile boolean closed;
    private final MemberLife life;

    private FleetWatch(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        this.listener = listener;
        this.secret = settings.secret();
        this.life = MemberLife.begin("fleet-watch", settings, Map.of("gateway", "true"), this::subscribe);
    }

    /** Starts watching in the background, and goes on trying where that fails. Returns at once. */
    public static FleetWatch start(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        return new FleetWatch(settings, listener);
    }

    /** Leaves the fleet, within {@link MembershipSettings#leaveTimeout()}. */
    @Override
    public void close() {
        closed = true;
        life.end();
    }

    private void subscribe(HazelcastInstance member) {
        Cluster cluster = member.getCluster();
        cluster.addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                publish(cluster);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                publish(cluster);
            }
        });
        member.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                publish(cluster);
            }
        });
        publish(cluster);
    }

    /** Reads the members as they are now, not as the event saw them: so the last call is never out of date. */
    private void publish(Cluster cluster) {
        synchronized (order) {
            if (closed) {
                return;
            }
            List<Announced> announced = new ArrayList<>();
            for (Member member : cluster.getMembers()) {
                CardAttributes.read(member.getAttributes(), secret)
                        .map(card -> card.at(member.getAddress().getHost()))
                        .ifPresent(card -> announced.add(new Announced(member.getUuid(), card)));
            }
            listener.accept(holders.accept(announced));
        }
    }
}
