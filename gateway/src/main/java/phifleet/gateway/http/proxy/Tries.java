package phifleet.gateway.http.proxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.http.routing.ModelRouting;

/**
 * Whom one request was sent to, and whether it may go to another. For one event loop.
 *
 * <p>It may as often as settings say, while its body can be sent again and the retry budget allows it; one that is pinned to a worker never. All
 * requests of the fleet's API may be repeated by contract.
 */
final class Tries {
    private final ProxyMeans means;
    private final List<Worker> tried = new ArrayList<>(2);
    private int sent;

    Tries(ProxyMeans means) {
        this.means = means;
    }

    /** Who is to be asked next; null where nobody takes it now. */
    @Nullable
    Worker next(ModelRouting.Wanted request) {
        return means.routing().pick(request, tried);
    }

    /** It is on its way to a worker. */
    void sent() {
        sent++;
    }

    /** Whether it may be sent once more; takes that from the retries that are left to all requests. */
    boolean mayGoOn(Asked asked) {
        if (asked.target().pinned() != null
                || !asked.body().replayable()
                || sent >= means.settings().attempts()) {
            return false;
        }
        boolean taken = means.budget().tryRetry();
        if (!taken) {
            means.metrics().retryDenied();
        }
        return taken;
    }

    /** Whether there is anybody else than this one and those that failed. */
    boolean hasOtherThan(Worker worker, Asked asked) {
        List<Worker> known = new ArrayList<>(tried);
        known.add(worker);
        return asked.target().pinned() == null && means.routing().another(asked.wanted(), known) != null;
    }

    /** This one is asked no more, and another in its place; why, in a word. */
    void failed(Worker worker, String reason) {
        means.metrics().retried(reason);
        tried.add(worker);
    }

    /** After a while those that failed may be asked again. */
    void forget() {
        tried.clear();
    }
}
