package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import phifleet.http.Program;
import phifleet.http.Route;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.residence.Generations;

/** What a request keeps in use, and for how long. */
class WorkerProgramTest {
    private final Generations states = new Generations(WorkerState.ready(Catalogue.empty()));
    private final WorkerProgram program = new WorkerProgram(
            TestWorker.view(states), new HttpMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));

    private CompletableFuture<Void> change() {
        return states.update(state -> WorkerState.ready(state.models()));
    }

    @Test
    void began_inTurns_keepsTheStateForEachTurnAlone() {
        Program.Visit visit = program.began(Route.post("/embed"));
        CompletableFuture<Void> first = change();
        assertThat(first).isNotDone();
        Program.Turns turns = visit.inTurns();
        assertThat(first).isCompleted();
        assertThat(program.inHand()).as("between its messages").isZero();
        Runnable turn = turns.begin();
        Runnable other = turns.begin();
        CompletableFuture<Void> second = change();
        turn.run();
        assertThat(second).as("one turn has it still").isNotDone();
        assertThat(program.inHand()).isEqualTo(1);
        other.run();
        assertThat(second).isCompleted();
        Runnable later = turns.begin();
        assertThat(change()).isNotDone();
        later.run();
        assertThat(change()).isCompleted();
        assertThat(program.inHand()).isZero();
    }

    @Test
    void inHand_countsWorkAlone() {
        Program.Visit work = program.began(Route.post("/embed"));
        program.began(Route.get("/info"));
        program.began(Route.admin("/v2/repository/models/m/load"));
        assertThat(program.inHand()).isEqualTo(1);
        work.waits();
        assertThat(program.inHand())
                .as("it waits for a model, and is not answered")
                .isEqualTo(1);
    }
}
