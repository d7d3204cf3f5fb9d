package phifleet.worker.http.heads;

import java.util.function.Consumer;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.TextClassifier;

/** What a request asks of a classifier. */
sealed interface ClassifierQuestion extends HeadQuestion<TextClassifier, Vector>
        permits ClassifyQuestion, ZeroShotQuestion {

    @Override
    default Class<TextClassifier> kind() {
        return TextClassifier.class;
    }

    @Override
    default String kindLabel() {
        return "classifier";
    }

    @Override
    default Admission submit(
            TextClassifier classifier,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<Vector>> outcome) {
        return classifier.classify(encoded, priority, deadlineNanos, outcome);
    }
}
