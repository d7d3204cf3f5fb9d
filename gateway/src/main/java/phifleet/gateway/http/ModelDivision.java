package phifleet.gateway.http;

import io.vertx.core.MultiMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.ModelSplit;
import phifleet.http.HeaderNames;

/**
 * Makes a request for a name that stands for several models one for the model that it gets: in its path, its head or its body. A body
 * that is compressed, or longer than what is held, and a gRPC call keep their name: it is then a model of that name that is asked for.
 */
final class ModelDivision {
    /** What those who always want the same model show. */
    static final String STICKY = "X-Sticky";

    private final ModelSplits splits;
    private final RandomGenerator random;

    /**
     * What became of a request.
     *
     * @param part what it counts for
     * @param target where it goes
     * @param inHead whether its head names the model
     */
    record Divided(ModelSplit.Part part, Target target, boolean inHead) {}

    ModelDivision(ModelSplits splits, RandomGenerator random) {
        this.splits = splits;
        this.random = random;
    }

    /** The request as it is to go on; null where it goes as it came. A name in its body is changed there. */
    @Nullable
    Divided divide(Target target, MultiMap headers, UpstreamBody body) {
        if (splits.isEmpty() || target.pinned() != null || target.isCall()) {
            return null;
        }
        String inPath = ModelName.inPath(target.path());
        if (inPath != null) {
            ModelSplit.Part part = part(inPath, headers);
            return part == null ? null : new Divided(part, target.naming(part.model()), false);
        }
        String inHead = ModelName.inHead(headers);
        if (inHead != null) {
            ModelSplit.Part part = part(inHead, headers);
            return part == null ? null : new Divided(part, target, true);
        }
        return ModelName.isJson(headers) ? inBody(target, headers, body) : null;
    }

    private @Nullable Divided inBody(Target target, MultiMap headers, UpstreamBody body) {
        ModelName.Place place = body.modelPlace();
        ModelSplit.Part part = place == null ? null : part(place.name(), headers);
        if (place == null || part == null) {
            return null;
        }
        body.rename(place, part.model());
        return new Divided(part, target, false);
    }

    private ModelSplit.@Nullable Part part(String name, MultiMap headers) {
        ModelSplit split = splits.of(name);
        if (split == null) {
            return null;
        }
        String word = headers.get(STICKY);
        return word == null || word.isEmpty() ? split.at(random.nextDouble()) : split.sticky(word);
    }

    /** Has the head name the model too. */
    static void name(@Nullable Divided divided, MultiMap headers) {
        if (divided != null && divided.inHead()) {
            headers.set(HeaderNames.MODEL, divided.part().model());
        }
    }
}
