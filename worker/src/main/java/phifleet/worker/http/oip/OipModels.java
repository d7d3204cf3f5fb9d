package phifleet.worker.http.oip;

import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.Excerpt;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** Finds the model that a path names. */
record OipModels(WorkerView worker) {
    private static final String KIND = "model";

    /** What was found. */
    sealed interface Found {
        record Model(OipModel model) implements Found {}

        /** None serves under the name. */
        record Absent(Catalogue.Found.Missing<ServedModel> missing, WorkerState state) implements Found {
            Problem problem() {
                return ModelProblems.missing(missing, KIND, state);
            }

            /** What becomes of a request that would have it run. */
            Reply reply(Exchange exchange, ProblemShape problems) {
                return MissingModel.reply(missing, KIND, state, exchange, problems);
            }

            /** The same of a message that has a deadline of its own. */
            Reply reply(long deadlineNanos, ProblemShape problems) {
                return MissingModel.reply(missing, KIND, state, deadlineNanos, problems);
            }
        }

        record Refused(Problem problem) implements Found {}
    }

    Found find(ModelPath path) {
        WorkerState state = worker.state();
        if (!state.isReady()) {
            return new Found.Refused(ModelProblems.notReady(state));
        }
        return switch (state.models().find(path.model(), ServedModel.class)) {
            case Catalogue.Found.Model<ServedModel>(ServedModel model) -> version(path, OipModel.of(model));
            case Catalogue.Found.Missing<ServedModel> missing -> new Found.Absent(missing, state);
        };
    }

    private static Found version(ModelPath path, OipModel model) {
        return path.version().isEmpty() || path.version().equals(model.version())
                ? new Found.Model(model)
                : new Found.Refused(Problem.of(
                        404,
                        "model_not_found",
                        "the model '" + Excerpt.of(path.model()) + "' has no version '" + Excerpt.of(path.version())
                                + "', only " + model.version(),
                        null));
    }
}
