package phifleet.worker.http.oip.repository;

import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.OpenInferenceProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.state.WorkerView;

/** Loads and unloads models over HTTP. */
public record RepositoryPreparation(WorkerView worker, JsonLimits limits) implements BodyPost.Preparation {

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        RepositoryPath path =
                RepositoryPath.read(String.valueOf(exchange.request().path())).orElse(null);
        if (path == null) {
            return refused(Problems.notFound());
        }
        try {
            RepositoryRequest request = RepositoryRequest.read(body, path.action(), limits);
            return asked -> new RepositoryChanges(worker)
                    .make(asked, path, request.config(), OpenInferenceProblems.SHAPE, () -> asked.answerEmpty(200));
        } catch (BadBody e) {
            return refused(e.problem());
        }
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, OpenInferenceProblems.SHAPE);
    }
}
