package phifleet.worker.http.predict;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import phifleet.http.BodyPost;
import phifleet.http.Exchange;
import phifleet.http.NativeProblems;
import phifleet.http.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonLimits;
import phifleet.inference.Catalogue;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** From the body of a prediction request to tensors that only wait for the lane. */
final class PredictPreparation implements BodyPost.Preparation {
    static final String PREFIX = "/predict/";

    private final WorkerView worker;
    private final TensorsParser parser;

    PredictPreparation(WorkerView worker, JsonLimits limits) {
        this.worker = worker;
        this.parser = new TensorsParser(limits);
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        WorkerState state = worker.state();
        if (!state.isReady()) {
            return new Reply.Refused(ModelProblems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (state.models().find(name(exchange), TensorModel.class)) {
            case Catalogue.Found.Model<TensorModel>(TensorModel model) -> prepare(body, model);
            case Catalogue.Found.Missing<TensorModel> missing ->
                new Reply.Refused(ModelProblems.missing(missing, "model of tensors", state), NativeProblems.SHAPE);
        };
    }

    private Reply prepare(byte[] body, TensorModel model) {
        try {
            TensorsParser.Asked asked = parser.parse(body, model);
            return new LaneReply<TensorSet>(
                    model,
                    "inputs",
                    NativeProblems.SHAPE,
                    (priority, deadline, outcome) -> model.infer(asked.inputs(), priority, deadline, outcome),
                    (exchange, outputs, timing) ->
                            TensorsAnswer.send(exchange, model, asked.outputs(), outputs.getFirst()));
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        }
    }

    private static String name(Exchange exchange) {
        String rest = String.valueOf(exchange.request().path()).substring(PREFIX.length());
        try {
            // A plus stands for itself in a path.
            return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return rest;
        }
    }
}
