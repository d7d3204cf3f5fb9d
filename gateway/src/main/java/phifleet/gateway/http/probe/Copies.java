package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.common.CopyBounds;
import phifleet.gateway.balance.CopyPlan;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.LoadableModel;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.CopyDemand;
import phifleet.gateway.demand.CopyNeed;
import phifleet.gateway.demand.Decision;
import phifleet.gateway.demand.ModelWord;

/** Has models that are loaded on demand in as many copies as what is asked of them needs. For one event loop. */
public record Copies(WorkerDirectory directory, WorkerProbes probes, CopyDemand demand) {

    /** Plans anew; the next probe of each worker tells it. */
    public void plan(Decision fleet) {
        FleetSnapshot snapshot = directory.snapshot();
        List<CopyDemand.Candidate> models = models(snapshot);
        if (models.isEmpty() && demand.latest().isEmpty()) {
            return;
        }
        Map<String, CopyPlan.Need> needs = new HashMap<>();
        for (CopyNeed need : demand.decide(models, words(snapshot), fleet)) {
            needs.put(need.id(), new CopyPlan.Need(need.copies(), need.bounds().min(), need.maySpare()));
        }
        directory.plan(CopyPlan.of(snapshot, needs));
    }

    /** Each once. Where workers' settings differ, the first's bounds hold. */
    private static List<CopyDemand.Candidate> models(FleetSnapshot snapshot) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Map<String, CopyBounds> bounds = new HashMap<>();
        for (Worker worker : snapshot.eligible()) {
            for (LoadableModel model : worker.loadable()) {
                names.computeIfAbsent(model.id(), first -> new HashSet<>()).add(model.name());
                bounds.putIfAbsent(model.id(), model.copies());
            }
        }
        List<CopyDemand.Candidate> models = new ArrayList<>();
        names.forEach(
                (id, all) -> models.add(new CopyDemand.Candidate(id, all, bounds.getOrDefault(id, CopyBounds.ANY))));
        return models;
    }

    private List<ModelWord> words(FleetSnapshot snapshot) {
        List<ModelWord> words = new ArrayList<>();
        for (Worker worker : snapshot.eligible()) {
            probes.readings(worker).ifPresent(readings -> {
                JsonNode queue = readings.queue();
                if (queue != null) {
                    words.add(new ModelWord(worker, seconds(queue.path("models")), readings.atNanos()));
                }
            });
        }
        return words;
    }

    private static Map<String, Double> seconds(JsonNode models) {
        Map<String, Double> seconds = new HashMap<>();
        for (JsonNode model : models) {
            if (model.path("device_seconds").isNumber()) {
                seconds.put(
                        model.path("name").asText(),
                        model.path("device_seconds").asDouble());
            }
        }
        return seconds;
    }
}
