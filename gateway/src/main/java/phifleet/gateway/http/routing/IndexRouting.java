package phifleet.gateway.http.routing;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.IndexRoutes;
import phifleet.common.Problem;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;

/** Where requests for the index of images go: to the one worker that keeps it, or to any of those that share it or have its parts. */
public record IndexRouting(WorkerDirectory directory) {

    /** Where a request goes. */
    public sealed interface Choice {
        /**
         * There.
         *
         * @param worker null where any of those that hold the index may be asked, or nobody has said what it holds
         */
        record To(@Nullable Worker worker) implements Choice {}

        record Refused(Problem problem) implements Choice {}
    }

    public Choice choose() {
        List<Worker> there = directory.snapshot().workers().stream()
                .filter(worker -> worker.state() != WorkerState.GONE)
                .toList();
        List<Worker> keepers = there.stream().filter(IndexRouting::keepsIndex).toList();
        if (all(keepers, IndexRoutes.SHARED) || all(keepers, IndexRoutes.PART)) {
            return new Choice.To(null);
        }
        if (keepers.size() == 1 && keepers.getFirst().state() == WorkerState.CORDONED) {
            return new Choice.Refused(new Problem(
                    503,
                    "index_cordoned",
                    "the worker " + keepers.getFirst().card().id()
                            + " keeps the index, and an operator keeps requests from it",
                    null,
                    Duration.ofSeconds(1)));
        }
        if (keepers.size() == 1) {
            return new Choice.To(keepers.getFirst());
        }
        if (keepers.size() > 1) {
            return new Choice.Refused(Problem.of(
                    409,
                    "several_indexes",
                    "the workers "
                            + keepers.stream()
                                    .map(worker -> worker.card().id())
                                    .sorted()
                                    .toList()
                            + " keep an index each, and a fleet has one: set ingest.parts for all of them,"
                            + " so that each keeps a part of one, or ingest.folder for one of them alone, or ask one at"
                            + " /workers/{id}/",
                    null));
        }
        boolean mayBe = there.isEmpty() || there.stream().anyMatch(worker -> worker.models() == null);
        return mayBe
                ? new Choice.To(null)
                : new Choice.Refused(Problem.of(
                        424,
                        "index_missing",
                        "no worker of the fleet keeps an index: set ingest.folder (PHI_INGEST_FOLDER) for one of them",
                        null));
    }

    public static boolean keepsIndex(Worker worker) {
        return holds(worker, IndexRoutes.HELD) || holds(worker, IndexRoutes.SHARED) || holds(worker, IndexRoutes.PART);
    }

    private static boolean all(List<Worker> keepers, HeldModel index) {
        return !keepers.isEmpty() && keepers.stream().allMatch(worker -> holds(worker, index));
    }

    private static boolean holds(Worker worker, HeldModel index) {
        return worker.models() != null && worker.models().contains(index);
    }
}
