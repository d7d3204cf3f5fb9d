package phifleet.gateway.http.proxy;

import io.vertx.core.MultiMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.ModelSplit;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.history.ModelBook;
import phifleet.gateway.http.routing.GrpcModelName;
import phifleet.gateway.http.routing.ModelName;
import phifleet.gateway.http.routing.ModelSplits;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.HeaderNames;

/**
 * Makes a request for a name that stands for several models one for the model that it gets: in its path, its head or its body. A body
 * that is compressed, or longer than what is held, and a gRPC call keep their name: it is then a model of that name that is asked for. Where a name stands for
 * several versions of its model nothing is changed: the workers that hold the version are asked.
 */
public final class ModelDivision {
    /** What those who always want the same model show. */
    static final String STICKY = "X-Sticky";

    private final ModelSplits splits;
    private final RandomGenerator random;

    /**
     * What became of a request.
     *
     * @param split whose share it is
     * @param part what it counts for
     * @param target where it goes
     * @param inHead whether its head names the model
     */
    record Divided(ModelSplit split, ModelSplit.Part part, RequestTarget target, boolean inHead) {
        /** The model that it asks for from now on. */
        String model() {
            return isVersion() ? split.name() : part.model();
        }

        /** The version of that; null for any. */
        @Nullable
        String version() {
            return isVersion() ? part.model() : null;
        }

        /**
         * Counts how the request ended. Where no worker had the version that was drawn, what counts is the one that answered.
         *
         * @param by who answered, or was asked last; null where nobody was
         * @param nanos from its arrival
         */
        void ended(@Nullable Worker by, boolean error, long nanos, ModelBook models) {
            if (!isVersion()) {
                part.tally().ended(error, nanos);
                return;
            }
            String held = by == null ? null : by.versionOf(model());
            ModelSplit.Part counted = held == null ? part : split.partOf(held, part);
            counted.tally().ended(error, nanos);
            models.of(model(), counted.model()).answered(nanos, error);
        }

        private boolean isVersion() {
            return split.among() == ModelSplit.Among.VERSIONS;
        }
    }

    public ModelDivision(ModelSplits splits, RandomGenerator random) {
        this.splits = splits;
        this.random = random;
    }

    /** The request as it is to go on; null where it goes as it came. A name in its body is changed there. */
    @Nullable
    Divided divide(RequestTarget target, MultiMap headers, UpstreamBody body) {
        if (splits.isEmpty() || target.pinned() != null) {
            return null;
        }
        return target.isCall() ? ofCall(target, headers, body) : ofRequest(target, headers, body);
    }

    private @Nullable Divided ofRequest(RequestTarget target, MultiMap headers, UpstreamBody body) {
        String inPath = ModelName.inPath(target.path());
        if (inPath != null) {
            // Who names a version wants that.
            Divided divided = ModelName.versionInPath(target.path()) == null ? divided(inPath, target, headers) : null;
            return divided == null || divided.version() != null
                    ? divided
                    : new Divided(divided.split(), divided.part(), target.naming(divided.model()), false);
        }
        String inHead = ModelName.inHead(headers);
        if (inHead != null) {
            Divided divided = divided(inHead, target, headers);
            return divided == null ? null : new Divided(divided.split(), divided.part(), target, true);
        }
        return ModelName.isJson(headers) ? inBody(target, headers, body) : null;
    }

    /** Nothing in its message is changed. */
    private @Nullable Divided ofCall(RequestTarget target, MultiMap headers, UpstreamBody body) {
        String name = GrpcModelName.in(target.path(), body.beginning(ModelName.SCANNED_BYTES, true));
        Divided divided = name == null ? null : divided(name, target, headers);
        return divided == null || divided.version() == null ? null : divided;
    }

    private @Nullable Divided inBody(RequestTarget target, MultiMap headers, UpstreamBody body) {
        ModelName.Place place = body.modelPlace();
        if (place == null) {
            String name = ModelName.inBody(body.beginning(ModelName.SCANNED_BYTES, false));
            Divided divided = name == null ? null : divided(name, target, headers);
            return divided == null || divided.version() == null ? null : divided;
        }
        Divided divided = divided(place.name(), target, headers);
        if (divided != null && divided.version() == null) {
            body.rename(place, divided.model());
        }
        return divided;
    }

    private @Nullable Divided divided(String name, RequestTarget target, MultiMap headers) {
        ModelSplit split = splits.of(name);
        if (split == null) {
            return null;
        }
        String word = headers.get(STICKY);
        return new Divided(
                split,
                word == null || word.isEmpty() ? split.at(random.nextDouble()) : split.sticky(word),
                target,
                false);
    }

    /** Has the head name the model too. */
    static void name(@Nullable Divided divided, MultiMap headers) {
        if (divided != null && divided.inHead()) {
            headers.set(HeaderNames.MODEL, divided.model());
        }
    }
}
