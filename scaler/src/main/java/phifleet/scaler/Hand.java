package phifleet.scaler;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the replicas may be set, and to what. What it remembers it may forget: the last service that it saw, to tell a
 * person's hand from its own.
 *
 * <p>A change of the replicas alone that brings them to a number which no gateway wants is a person's, and is left for a while
 * from when it was made. Another scaler sets what the gateways want, and whoever deploys the stack changes more, or sets the
 * number of its file. The label {@code phi.scaler} decides otherwise: {@code hold} for good, {@code resume} at once.
 */
final class Hand {
    private final int most;
    private final Duration manualHold;
    private @Nullable ServiceView before;
    private @Nullable Wish wishBefore;
    private int own = -1;
    private @Nullable Instant heldSince;

    Hand(int most, Duration manualHold) {
        this.most = most;
        this.manualHold = manualHold;
    }

    Step step(ServiceView service, Wish wish, Instant now) {
        notice(service, wish);
        int wanted = Math.min(most, wish.workers());
        if (service.isUpdating()) {
            return new Step.Leave("an update of the service is under way: " + service.updateState());
        }
        if (service.label().equals("hold")) {
            return new Step.Leave("the label " + ServiceView.LABEL + " says hold");
        }
        Instant since = heldSince;
        if (since != null && !service.label().equals("resume") && now.isBefore(since.plus(manualHold))) {
            return new Step.Leave(service.replicas() + " were set by hand at " + since + ", which holds for "
                    + manualHold.toSeconds() + " s");
        }
        heldSince = null;
        if (wanted == service.replicas()) {
            return new Step.Leave(wanted + " wanted, and there");
        }
        if (wanted < service.replicas() && !wish.mayShrink()) {
            return new Step.Leave(wanted + " wanted, and none is ended before every gateway knows the load");
        }
        return new Step.Set(wanted, wanted + " wanted, " + service.replicas() + " before");
    }

    /** It has set so many. */
    void did(int replicas) {
        own = replicas;
    }

    private void notice(ServiceView service, Wish wish) {
        ServiceView last = before;
        if (last != null && last.version() != service.version()) {
            if (!last.differsInReplicasAlone(service)) {
                heldSince = null;
            } else if (last.replicas() != service.replicas() && !isWanted(service.replicas(), wish)) {
                heldSince = service.updatedAt();
            }
        }
        before = service;
        wishBefore = wish;
    }

    /** By this scaler, or another that has asked a little earlier or later. */
    private boolean isWanted(int replicas, Wish wish) {
        Wish last = wishBefore;
        return replicas == own
                || replicas == Math.min(most, wish.workers())
                || (last != null && replicas == Math.min(most, last.workers()));
    }
}
