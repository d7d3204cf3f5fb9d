package phifleet.inference.text;

import java.util.List;
import phifleet.inference.model.Task;
import phifleet.inference.model.Vector;

/** A model that reads a query and a text as one, with its tokeniser and its lane: the lane gives an output a pair. Thread-safe. */
public interface CrossEncoder extends Reranker {

    Task.CrossEncoding task();

    @Override
    default boolean takesInstruction() {
        return task().prompt() != null;
    }

    @Override
    default long repeatedCharacters(Question question) {
        if (task().prompt() == null) {
            return 0;
        }
        String instruction = question.instruction();
        int repeated = question.query().length() + (instruction == null ? 0 : instruction.length());
        return (long) repeated * question.texts().size();
    }

    /** The network's own number for a pair. */
    float logit(Vector pair);

    /** What the model's activation makes of it. */
    default float score(Vector pair) {
        return task().activation().apply(new float[] {logit(pair)})[0];
    }

    @Override
    default List<Float> scores(Encoding.Encoded encoded, List<Vector> outputs, boolean raw) {
        return outputs.stream().map(pair -> raw ? logit(pair) : score(pair)).toList();
    }
}
