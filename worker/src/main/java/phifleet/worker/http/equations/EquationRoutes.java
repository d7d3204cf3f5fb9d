package phifleet.worker.http.equations;

import java.util.function.BiConsumer;
import phifleet.equations.Validator;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.endpoint.JsonPost;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.state.WorkerView;

/** The routes of this room, a line each. */
public final class EquationRoutes {
    private final WorkerView worker;
    private final Judges judges;
    private final JsonLimits limits;
    private final ValidateParser parser;
    private final Judging judging = new Judging(Validator.standard());

    /**
     * For one event loop.
     *
     * @param judges the threads that judge
     */
    public EquationRoutes(WorkerView worker, JsonLimits limits, Judges judges) {
        this.worker = worker;
        this.judges = judges;
        this.limits = limits;
        this.parser = new ValidateParser(limits);
    }

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(
                Route.post("/validate"),
                new JsonPost(
                        new ValidatePreparation(parser, judging, judges, worker.states()), -1, judges.quick(), limits));
        router.accept(
                Route.post("/validate/batch"),
                new JsonPost(
                        new ValidateBatchPreparation(parser, judging, judges, worker.states()),
                        -1,
                        judges.quick(),
                        limits));
        router.accept(
                Route.post("/validate/curve"),
                new JsonPost(
                        new CurvePreparation(new CurveParser(limits), judges, worker.states()),
                        -1,
                        judges.quick(),
                        limits));
    }

    /** Reads the validator's tables and runs its code for the first time. */
    public static void warmUp() {
        Judging.warmUp();
    }
}
