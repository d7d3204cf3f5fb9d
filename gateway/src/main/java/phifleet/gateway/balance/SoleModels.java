package phifleet.gateway.balance;

import java.util.List;
import phifleet.common.WorkerCard.HeldModel;

/** The models that the fleet has of one worker alone. */
final class SoleModels {
    private SoleModels() {}

    /** Their names, sorted. One of which nobody has said what it holds may hold anything, and is taken to hold nothing of its own. */
    static List<String> of(Worker worker, List<Worker> others) {
        List<HeldModel> held = worker.models();
        return held == null
                ? List.of()
                : held.stream()
                        .map(HeldModel::name)
                        .distinct()
                        .filter(name -> others.stream().noneMatch(other -> answersFor(other, name)))
                        .sorted()
                        .toList();
    }

    private static boolean answersFor(Worker other, String name) {
        return other.models() == null
                || other.isHolderOf(name)
                || other.loadable().stream().anyMatch(model -> model.name().equals(name));
    }
}
