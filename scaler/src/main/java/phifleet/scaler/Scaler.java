package phifleet.scaler;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look after the other: what is there, what is wanted, and the one number that may be written. For one thread. */
final class Scaler {
    private static final Logger LOG = LoggerFactory.getLogger(Scaler.class);
    private static final Duration PERIOD_ASLEEP = Duration.ofMillis(200);

    private final ScalerSettings settings;
    private final Gateways gateways;
    private final EngineSocket engine;
    private final Hand hand;
    private final Clock clock;
    private String said = "";

    Scaler(ScalerSettings settings, Gateways gateways, EngineSocket engine, Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.engine = engine;
        this.hand = new Hand(settings.most(), settings.manualHold());
        this.clock = clock;
    }

    /**
     * Looks once, and does what follows. Whatever goes wrong is said once, and tried again with the next look.
     *
     * @return until when the next look has time: whoever wakes a fleet that sleeps waits for it
     */
    Duration look() {
        boolean sleeps = act();
        return sleeps && settings.period().compareTo(PERIOD_ASLEEP) > 0 ? PERIOD_ASLEEP : settings.period();
    }

    /** Whether no worker is wanted. */
    private boolean act() {
        try {
            ServiceView service = service();
            Optional<Wish> wish = gateways.wish(awaited(service));
            if (wish.isEmpty()) {
                say("no gateway says how many workers it wants");
                return false;
            }
            switch (hand.step(service, wish.get(), clock.instant())) {
                case Step.Leave(String reason) -> say(reason + placement(wish.get()));
                case Step.Set(int replicas, String reason) -> set(service, replicas, reason);
            }
            return wish.get().workers() == 0;
        } catch (IOException e) {
            say("the engine cannot be asked: " + e);
            return false;
        }
    }

    /** How many workers gateways should miss where there are fewer; empty while an update ends and starts one after another. */
    private static OptionalInt awaited(ServiceView service) {
        return service.isUpdating() ? OptionalInt.empty() : OptionalInt.of(service.replicas());
    }

    private ServiceView service() throws IOException {
        EngineAnswer answer = engine.get("/services/" + encoded(settings.service()));
        if (answer.status() != 200) {
            throw new IOException("service " + settings.service() + ": " + answer.status() + " "
                    + answer.body().text().strip());
        }
        return ServiceView.read(answer.body());
    }

    private void set(ServiceView service, int replicas, String reason) throws IOException {
        EngineAnswer answer = engine.post(
                "/services/" + encoded(service.id()) + "/update?version=" + service.version(),
                service.specWith(replicas));
        String words = answer.body().text().strip();
        if (answer.status() == 200) {
            hand.did(replicas);
            say(reason);
        } else if (words.contains("out of sequence")) {
            // Somebody else was faster: what there is now is seen at the next look.
            LOG.debug("the service was changed meanwhile");
        } else {
            throw new IOException("to set " + replicas + " replicas: " + answer.status() + " " + words);
        }
    }

    /** What the Swarm cannot do for want of room. */
    private String placement(Wish wish) throws IOException {
        String filters = "{\"service\":[\"" + settings.service() + "\"],\"desired-state\":[\"running\"]}";
        EngineAnswer answer = engine.get("/tasks?filters=" + encoded(filters));
        if (answer.status() != 200) {
            return "";
        }
        TaskPlacement placement = TaskPlacement.read(answer.body());
        return placement.pending() == 0
                ? ""
                : "; wanted " + wish.workers() + ", Swarm can place " + placement.placed() + ": " + placement.why();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void say(String what) {
        if (!what.equals(said)) {
            said = what;
            LOG.info("{}: {}", settings.service(), what);
        }
    }

    /** What it said last. */
    String said() {
        return said;
    }
}
