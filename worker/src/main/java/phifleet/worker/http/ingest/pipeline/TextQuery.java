package phifleet.worker.http.ingest.pipeline;

import java.util.List;
import phifleet.http.Urgency;
import phifleet.inference.model.Vector;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.inference.text.TextInput;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.state.ModelProblems;

/** A text that images are searched by, as tokens of the model that made their vectors. */
public record TextQuery(TextImageEncoder encoder, Encoding.Encoded tokens) {
    private static final EncodeOptions CUT = new EncodeOptions(true, EncodeOptions.Direction.USUAL, null);
    private static final String FIELD = "text";

    public static TextQuery of(TextImageEncoder encoder, String text) throws Refusal {
        return switch (encoder.encode(List.of(new TextInput.Text(text)), CUT)) {
            case Encoding.Encoded tokens -> new TextQuery(encoder, tokens);
            case Encoding.Rejected(int index, Rejection reason) ->
                throw new Refusal(ModelProblems.rejected(reason, encoder, FIELD));
        };
    }

    /** Waits for the model, on a virtual thread. */
    public Vector vector(Urgency.Priority priority, long deadlineNanos) throws Refusal, InterruptedException {
        return LaneRuns.outputs(LaneRuns.submit(
                new LaneCall<Vector>(
                        encoder, FIELD, (lane, deadline, outcome) -> encoder.embed(tokens, lane, deadline, outcome)),
                priority,
                deadlineNanos));
    }
}
