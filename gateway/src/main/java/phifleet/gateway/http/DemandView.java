package phifleet.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import phifleet.common.CopyBounds;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.CopyDemand;
import phifleet.gateway.demand.CopyNeed;
import phifleet.gateway.demand.Decision;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.demand.KindDemand;
import phifleet.gateway.demand.Terms;
import phifleet.gateway.demand.WorkerWorth;

/** The size that the fleet wants, and why, as {@code GET /fleet/demand} shows it. Safe from every thread. */
final class DemandView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FleetDemand demand;
    private final CopyDemand copies;
    private final WorkerDirectory directory;
    private final DemandSettings settings;
    private final Clock clock;

    DemandView(FleetDemand demand, CopyDemand copies, WorkerDirectory directory, DemandSettings settings, Clock clock) {
        this.copies = copies;
        this.demand = demand;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
    }

    ObjectNode now() {
        Decision decision = demand.latest();
        FleetSnapshot fleet = directory.snapshot();
        Map<String, Long> holders = holders(fleet.workers());
        List<CopyNeed> needs = copies.latest();
        ObjectNode view = JSON.createObjectNode();
        view.put("at", clock.instant().toString());
        view.put("wanted_workers", decision.wanted());
        view.put("state", decision.wakefulness().label());
        view.put("may_shrink", decision.mayShrink());
        view.put("reason", decision.reason());
        view.put("present_workers", decision.terms().present());
        view.put("ready_workers", fleet.ready());
        view.put("waiting", demand.meter().waiting());
        view.set("terms", terms(decision));
        ArrayNode kinds = view.putArray("models");
        decision.kinds().forEach(kind -> kinds.add(kind(kind)));
        ArrayNode wished = view.putArray("copies");
        needs.forEach(need -> wished.add(copies(need, holders)));
        ArrayNode workers = view.putArray("workers");
        Map<String, Double> asked = needs.stream().collect(Collectors.toMap(CopyNeed::id, CopyNeed::asked));
        fleet.workers()
                .forEach(worker -> workers.add(JSON.createObjectNode()
                        .put("id", worker.card().id())
                        .put("worth", WorkerWorth.of(worker.inFlight(), held(worker, asked, holders)))));
        return view;
    }

    /** How many workers hold each model. */
    private static Map<String, Long> holders(List<Worker> workers) {
        return workers.stream()
                .map(Worker::models)
                .filter(Objects::nonNull)
                .flatMap(held -> held.stream().map(HeldModel::name).distinct())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Models on demand that would have to be loaded elsewhere if it went; none of one that gets no new requests. */
    private static List<WorkerWorth.Held> held(Worker worker, Map<String, Double> asked, Map<String, Long> holders) {
        boolean taking = switch (worker.state()) {
            case JOINING, READY, EJECTED -> true;
            case CORDONED, DRAINING, GONE -> false;
        };
        if (!taking) {
            return List.of();
        }
        return worker.loadable().stream()
                .filter(model -> model.name().equals(model.id()) && worker.isHolderOf(model.id()))
                .map(model -> new WorkerWorth.Held(
                        asked.getOrDefault(model.id(), 0.0), model.loadSeconds(), holders.getOrDefault(model.id(), 0L)))
                .toList();
    }

    /** In a word why there need be no worker now; the given one where there should be. */
    String restOr(String otherwise) {
        return switch (demand.latest().wakefulness()) {
            case AWAKE -> otherwise;
            case WAKING, ASLEEP -> demand.latest().wakefulness().label();
        };
    }

    private ObjectNode terms(Decision decision) {
        Terms terms = decision.terms();
        return JSON.createObjectNode()
                .put("demand_device_seconds", rounded(terms.demand()))
                .put("elsewhere_device_seconds", rounded(terms.others()))
                .put("backlog_device_seconds", rounded(terms.backlog()))
                .put("clear_in_ms", settings.clearIn().toMillis())
                .put("capacity_device_seconds", rounded(terms.capacity()))
                .put("target", settings.target())
                .put("needed_workers", rounded(decision.needed()))
                .put("greatest_needed_workers", rounded(decision.greatestNeeded()))
                .put("down_after_ms", settings.downAfter().toMillis())
                .put("min", settings.min())
                .put("max", settings.max());
    }

    private static ObjectNode kind(KindDemand kind) {
        return JSON.createObjectNode()
                .put("model", kind.kind().model())
                .put("priority", kind.kind().priority())
                .put("requests_per_second", rounded(kind.requestsPerSecond()))
                .put("device_ms", rounded(kind.deviceSeconds() * 1_000))
                .put("demand_device_seconds", rounded(kind.asked()))
                .put("in_hand", kind.open());
    }

    private static ObjectNode copies(CopyNeed need, Map<String, Long> holders) {
        ObjectNode view = JSON.createObjectNode()
                .put("model", need.id())
                .put("wanted", need.copies())
                .put("present", holders.getOrDefault(need.id(), 0L))
                .put("demand_device_seconds", rounded(need.asked()))
                .put("min", need.bounds().min());
        return need.bounds().max() == CopyBounds.MOST
                ? view
                : view.put("max", need.bounds().max());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1e3;
    }
}
