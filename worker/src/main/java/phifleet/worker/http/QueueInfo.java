package phifleet.worker.http;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.LaneState;
import phifleet.inference.model.WorkUnit;

/** The {@code queue} of {@code GET /info}: the lanes together, then each. Work of different units is not summed. */
final class QueueInfo {
    private QueueInfo() {}

    static void write(List<ServedModel> models, JsonOutput out) {
        List<LaneState> lanes =
                models.stream().flatMap(model -> model.lanes().stream()).toList();
        out.member("queue")
                .beginObject()
                .member("depth")
                .number(lanes.stream().mapToInt(LaneState::queuedItems).sum());
        out.member("in_flight")
                .number(lanes.stream().mapToInt(LaneState::runningItems).sum());
        device(lanes, out);
        Stream.concat(Stream.of(WorkUnit.TOKENS), lanes.stream().map(LaneState::unit))
                .distinct()
                .forEach(unit -> sum(unit, lanes, out));
        out.member("models").beginList();
        for (ServedModel model : models) {
            List<LaneState> own = model.lanes();
            out.beginObject().member("name").string(model.description().id());
            out.member("depth")
                    .number(own.stream().mapToInt(LaneState::queuedItems).sum());
            out.member("in_flight")
                    .number(own.stream().mapToInt(LaneState::runningItems).sum());
            device(own, out);
            own.forEach(lane -> work(lane, out));
            out.endObject();
        }
        out.endList().endObject();
    }

    /** Seconds of the whole device: what all work since the start is worth, and what waits and runs will take. */
    private static void device(List<LaneState> lanes, JsonOutput out) {
        out.member("device_seconds")
                .number(seconds(lanes.stream().mapToLong(LaneState::usedNanos).sum()));
        out.member("load_seconds")
                .number(seconds(lanes.stream().mapToLong(LaneState::loadNanos).sum()));
    }

    private static double seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1e6;
    }

    private static void sum(WorkUnit unit, List<LaneState> all, JsonOutput out) {
        List<LaneState> lanes = all.stream().filter(lane -> lane.unit() == unit).toList();
        work(
                new LaneState(
                        unit,
                        0,
                        lanes.stream().mapToLong(LaneState::queuedUnits).sum(),
                        0,
                        lanes.stream().mapToLong(LaneState::runningUnits).sum(),
                        lanes.stream().mapToLong(LaneState::limitUnits).sum(),
                        lanes.stream().mapToInt(LaneState::batchUnits).max().orElse(0)),
                out);
    }

    private static void work(LaneState lane, JsonOutput out) {
        String unit = lane.unit().label();
        out.member("queued_" + unit).number(lane.queuedUnits());
        out.member("in_flight_" + unit).number(lane.runningUnits());
        out.member("limit_" + unit).number(lane.limitUnits());
        out.member("batch_" + unit).number(lane.batchUnits());
    }
}
