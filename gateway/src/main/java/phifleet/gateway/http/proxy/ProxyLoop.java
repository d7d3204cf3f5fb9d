package phifleet.gateway.http.proxy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.Exchange;

/**
 * The proxy of one event loop: the requests that it has open. The directory, the counts and the budget are shared by all
 * loops.
 */
public final class ProxyLoop implements DirectoryListener {
    /** How often open requests look at the clock, in milliseconds: one timer for all of them, not one each. */
    private static final int TICK_MILLIS = 20;

    private final ProxyMeans means;
    private final Context context;
    private final Set<Forwarding> open = new LinkedHashSet<>();

    /** Call on the event loop that it is for. */
    public ProxyLoop(Vertx vertx, ProxyMeans means) {
        this.means = means;
        this.context = vertx.getOrCreateContext();
        vertx.setPeriodic(TICK_MILLIS, id -> tick());
    }

    /** Serves one request. */
    public void serve(Exchange exchange, RequestTarget target) {
        Forwarding forwarding = new Forwarding(exchange, target, means, open::remove);
        open.add(forwarding);
        forwarding.start();
    }

    @Override
    public void dead(Worker worker) {
        context.runOnContext(on -> copyOfOpen().forEach(forwarding -> forwarding.workerDied(worker)));
    }

    private void tick() {
        if (!open.isEmpty()) {
            long now = means.nanos().getAsLong();
            open.removeIf(Forwarding::isOver);
            copyOfOpen().forEach(forwarding -> forwarding.tick(now));
        }
    }

    /** What a request does on its turn can close it, or others. */
    private List<Forwarding> copyOfOpen() {
        return new ArrayList<>(open);
    }
}
