package phifleet.worker.residence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * What is known of the models that are loaded on demand: how each stands, who waits for which, and what gateways wish. Whoever
 * reads or changes more than the clock or the names holds its lock, which is the table itself, and waits for nothing meanwhile.
 *
 * @param models by id; the map itself does not change once the worker has started
 * @param byName the same by id and by alias
 */
record DemandTable(
        Map<String, DemandedModel> models,
        Map<String, DemandedModel> byName,
        WaitingLine line,
        WishedCopies wished,
        LoadHistory history,
        LongSupplier nanos) {
    static DemandTable of(LoadHistory history, LongSupplier nanos) {
        Map<String, DemandedModel> models = new LinkedHashMap<>();
        return new DemandTable(
                models, new LinkedHashMap<>(), new WaitingLine(), new WishedCopies(models), history, nanos);
    }

    void add(Shelf.Dormant dormant) {
        DemandedModel model = new DemandedModel(dormant);
        models.put(dormant.id(), model);
        byName.put(dormant.id(), model);
        dormant.aliases().forEach(alias -> byName.put(alias, model));
    }

    /** Whoever waits does so no more, and looks again. */
    void stop() {
        List<CompletableFuture<Void>> waiting;
        synchronized (this) {
            waiting = line.leave((DemandedModel model) -> true);
        }
        waiting.forEach(done -> done.complete(null));
    }

    /** By {@link System#nanoTime}'s clock. */
    long now() {
        return nanos.getAsLong();
    }

    /** What its next load takes. */
    LoadHistory.Taken expected(DemandedModel model) {
        return model.expected(history);
    }
}
