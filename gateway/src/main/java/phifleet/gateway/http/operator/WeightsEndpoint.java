package phifleet.gateway.http.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
import phifleet.common.FleetChanges;
import phifleet.common.Problem;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.LatencyWindow.Quantiles;
import phifleet.gateway.balance.ModelSplit;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.routing.ModelSplits;
import phifleet.gateway.http.routing.ModelWeights;
import phifleet.http.BodyReader;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.OtherMethods;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;

/**
 * {@code /fleet/models/{model}/weights}: by PUT a name stands for shares of several models, or of versions of its own, by DELETE for itself again; GET shows the
 * shares and how the requests of each have ended. Workers keep the shares ({@link FleetChanges}). For one event loop.
 */
public final class WeightsEndpoint implements Endpoint {
    static final String PREFIX = "/fleet/models/";
    private static final String SUFFIX = "/weights";
    private static final int LONGEST_NAME = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkerDirectory directory;
    private final FleetChanges changes;
    private final ModelSplits splits;
    private final FleetModels workers;
    private final FleetActions actions;
    private final Endpoint others = new OtherMethods(List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE));

    public WeightsEndpoint(
            WorkerDirectory directory,
            FleetChanges changes,
            ModelSplits splits,
            FleetModels workers,
            FleetActions actions) {
        this.directory = directory;
        this.changes = changes;
        this.splits = splits;
        this.workers = workers;
        this.actions = actions;
    }

    static boolean takes(String path) {
        return path.startsWith(PREFIX);
    }

    @Override
    public void handle(Exchange exchange) {
        Optional<String> name = name(String.valueOf(exchange.request().path()));
        if (name.isEmpty()) {
            exchange.refuse(Problems.notFound());
            return;
        }
        switch (exchange.request().method().name()) {
            case "GET", "HEAD" -> show(exchange, name.get());
            case "DELETE" -> end(exchange, name.get());
            case "PUT" -> set(exchange, name.get());
            default -> others.handle(exchange);
        }
    }

    private static Optional<String> name(String path) {
        if (!path.endsWith(SUFFIX) || path.length() <= PREFIX.length() + SUFFIX.length()) {
            return Optional.empty();
        }
        String part = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
        return part.indexOf('/') >= 0
                ? Optional.empty()
                : PathNames.decode(part)
                        .filter(name -> !name.isBlank()
                                && name.length() <= LONGEST_NAME
                                && name.chars().noneMatch(Character::isISOControl));
    }

    private void show(Exchange exchange, String name) {
        ModelSplit split = splits.of(name);
        if (split == null) {
            exchange.refuse(none(name));
        } else {
            exchange.answer(
                    200, JsonOutput.MEDIA_TYPE, Buffer.buffer(view(split).toString()));
        }
    }

    private static Problem none(String name) {
        return Problem.of(404, "no_weights", "the model " + Excerpt.of(name) + " has no weights", null);
    }

    private void set(Exchange exchange, String name) {
        BodyReader.readWhole(exchange, ModelWeights.MOST_BYTES, body -> {
            byte[] bytes = body.bytes().clone();
            body.release();
            try {
                ModelWeights weights = ModelWeights.read(bytes);
                @Nullable Problem unknown = unknown(name, weights);
                if (unknown != null) {
                    exchange.refuse(unknown);
                    return;
                }
                change(exchange, name, weights.toJson(), weights.toString());
            } catch (BadBody e) {
                exchange.refuse(e.problem());
            }
        });
    }

    /** Why one of the models is none; null where all may be. */
    private @Nullable Problem unknown(String name, ModelWeights weights) {
        FleetSnapshot fleet = directory.snapshot();
        if (fleet.eligible().isEmpty() || fleet.eligible().stream().anyMatch(worker -> worker.models() == null)) {
            return null;
        }
        return switch (weights.among()) {
            case MODELS ->
                unknown(weights, fleet::knows, "model_not_found", "is a model that no worker of the fleet has");
            case VERSIONS ->
                unknown(
                        weights,
                        version -> holders(name, version) > 0,
                        "version_not_found",
                        "is a version of " + Excerpt.of(name) + " that no worker of the fleet holds");
        };
    }

    private static @Nullable Problem unknown(
            ModelWeights weights, Predicate<String> known, String code, String reason) {
        return weights.shares().keySet().stream()
                .filter(known.negate())
                .findFirst()
                .map(wrong -> weights.field() + "." + Excerpt.of(wrong))
                .map(field -> Problem.badRequest(code, "`" + field + "` " + reason, field))
                .orElse(null);
    }

    private long holders(String model, String version) {
        return directory.snapshot().eligible().stream()
                .filter(worker -> version.equals(worker.versionOf(model)))
                .count();
    }

    private void end(Exchange exchange, String name) {
        if (splits.of(name) == null) {
            exchange.refuse(none(name));
        } else {
            change(exchange, name, null, "ended");
        }
    }

    private void change(Exchange exchange, String name, @Nullable String config, String words) {
        FleetChange change = new FleetChange(
                changes.stampAfterAll(System.currentTimeMillis()), name, FleetChange.Action.WEIGHTS, config);
        workers.keep(exchange, change, () -> {
            // Those that did not hear of it are asked again with their next probe.
            changes.add(change);
            splits.refresh();
            actions.done(FleetAction.ADMIN, "weights", null, name + ": " + words);
            if (config == null) {
                exchange.answerEmpty(204);
            } else {
                show(exchange, name);
            }
        });
    }

    private ObjectNode view(ModelSplit split) {
        double sum = split.parts().stream().mapToDouble(ModelSplit.Part::weight).sum();
        ObjectNode view = JSON.createObjectNode().put("model", split.name());
        boolean versions = split.among() == ModelSplit.Among.VERSIONS;
        ArrayNode parts = view.putArray(versions ? ModelWeights.VERSIONS : ModelWeights.MODELS);
        for (ModelSplit.Part part : split.parts()) {
            Quantiles latency = part.tally().latency();
            ObjectNode one = parts.addObject().put(versions ? "version" : "model", part.model());
            if (versions) {
                one.put("workers", holders(split.name(), part.model()));
            }
            one.put("weight", part.weight())
                    .put("share", part.weight() / sum)
                    .put("requests", part.tally().requests())
                    .put("errors", part.tally().errors())
                    .putObject("latency_ms")
                    .put("p50", latency.p50())
                    .put("p99", latency.p99())
                    .put("count", latency.count());
        }
        return view;
    }
}
