package phifleet.membership;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;

/**
 * A gateway's view of who is in the fleet. It is a member itself, so that workers find it and each other through it.
 *
 * <p>Each change gives the listener the whole list anew, one call after the other on a thread of Hazelcast's; no event can
 * be missed or come out of order. A list without workers can also mean that this process was cut off: the listener
 * decides what that is worth.
 */
public final class FleetWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final MembershipSettings settings;
    private final Consumer<List<WorkerCard>> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object order = new Object();
    private final Thread thread;

    private FleetWatch(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        this.settings = settings;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("fleet-watch").start(this::watch);
    }

    /** Starts watching in the background, and goes on trying where that fails. Returns at once. */
    public static FleetWatch start(MembershipSettings settings, Consumer<List<WorkerCard>> listener) {
        return new FleetWatch(settings, listener);
    }

    /** Leaves the fleet, within {@link MembershipSettings#leaveTimeout()}. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(settings.leaveTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            if (settings.discovery() instanceof Discovery.None) {
                return;
            }
            @Nullable HazelcastInstance member = null;
            while (member == null && closed.getCount() > 0) {
                member = start();
            }
            if (member != null) {
                subscribe(member);
                closed.await();
                member.shutdown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("leaving the fleet failed", e);
        }
    }

    private @Nullable HazelcastInstance start() throws InterruptedException {
        try {
            return HazelcastMember.start(settings, Map.of("gateway", "true"));
        } catch (RuntimeException e) {
            LOG.warn("watching the fleet {} failed, and is tried again: {}", settings.cluster(), e.toString());
            closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        }
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
            if (closed.getCount() == 0) {
                return;
            }
            Map<String, WorkerCard> byId = new LinkedHashMap<>();
            for (Member member : cluster.getMembers()) {
                CardAttributes.read(member.getAttributes())
                        .map(card -> card.at(member.getAddress().getHost()))
                        .ifPresent(card -> byId.put(card.id(), card));
            }
            listener.accept(List.copyOf(byId.values()));
        }
    }
}
