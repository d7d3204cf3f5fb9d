package phifleet.worker.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
    @TempDir
    private Path folder;

    @Test
    void judge_oneStepFailed_failsThePartAndNamesItInBothReports() throws Exception {
        Visit visit = visit();
        visit.step("first", () -> {});
        visit.step("second", () -> {
            throw new IllegalStateException("its vectors are others");
        });
        visit.step("third", () -> {});
        assertThat(Outcome.judge(visit.found())).isEqualTo(Outcome.FAILED);
        assertThat(visit.found().path("failure").asText()).isEqualTo("second: its vectors are others");
        assertThat(visit.found().path("steps")).hasSize(3);

        ObjectNode report = new JsonMapper().createObjectNode();
        visit.found().put("log", "load.log");
        report.putObject("parts").set("load", visit.found());
        assertThat(Markdown.of(report))
                .contains("- load: failed, see load.log: second: its vectors are others\n")
                .doesNotContain("load: done");
    }

    @Test
    void judge_stepThatThisMachineCannotDo_isToldAndFailsNothing() throws Exception {
        Visit visit = visit();
        visit.step("bf16", () -> {
            throw new Visit.NotHere("no kernels");
        });
        assertThat(Outcome.judge(visit.found())).isEqualTo(Outcome.NOT_HERE);
        assertThat(visit.found().path("steps").path(0).path("reason").asText()).isEqualTo("no kernels");
        visit.step("fp32", () -> {});
        assertThat(Outcome.judge(visit.found())).isEqualTo(Outcome.DONE);
    }

    @Test
    void judge_processThatDiedAfterGoodSteps_hasFailed() throws Exception {
        Visit visit = visit();
        visit.step("first", () -> {});
        visit.found().put("failure", "exit code 134: SIGABRT");
        assertThat(Outcome.judge(visit.found())).isEqualTo(Outcome.FAILED);
        assertThat(visit.found().path("failure").asText()).isEqualTo("exit code 134: SIGABRT");
    }

    @Test
    void judge_nothingRun_hasFailed() {
        assertThat(Outcome.judge(visit().found())).isEqualTo(Outcome.FAILED);
    }

    @Test
    void step_whateverItsEnd_leavesWhatWasFoundInAFile() throws Exception {
        Visit visit = visit();
        visit.step("first", () -> visit.found().put("figure", 3));
        assertThat(Files.readString(folder.resolve("load.json"))).contains("\"figure\":3");
    }

    private Visit visit() {
        return new Visit(Part.LOAD, folder, true, null, new JsonMapper().createObjectNode());
    }
}
