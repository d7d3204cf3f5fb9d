package phifleet.membership;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetSecret;
import phifleet.common.WorkerCard;
import phifleet.membership.CardHolders.Announced;

/**
 * The workers that a member sees, told anew and whole at each change, one call after the other on a thread of Hazelcast's. Thread-safe.
 */
final class CardWatch {
    private final @Nullable FleetSecret secret;
    private final Consumer<List<WorkerCard>> listener;
    private final CardHolders holders = new CardHolders();
    private final Object order = new Object();
    private volatile boolean closed;

    CardWatch(@Nullable FleetSecret secret, Consumer<List<WorkerCard>> listener) {
        this.secret = secret;
        this.listener = listener;
    }

    /** Tells nothing any more. */
    void close() {
        closed = true;
    }

    void subscribe(HazelcastInstance member) {
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
