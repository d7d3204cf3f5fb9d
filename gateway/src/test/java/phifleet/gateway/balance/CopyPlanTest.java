package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phifleet.common.CopyWishes;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.CopyPlan.Need;
import phifleet.gateway.balance.LoadableModel.Nearness;

class CopyPlanTest {
    private static Worker worker(String id, boolean holds, Nearness nearness) {
        Worker worker = Workers.worker(id, 8);
        worker.holds(
                holds ? List.of(new HeldModel("m", "tensors"), new HeldModel("alias", "tensors")) : List.of(),
                List.of(
                        new LoadableModel("m", "m", "tensors", nearness),
                        new LoadableModel("alias", "m", "tensors", nearness)));
        return worker;
    }

    private static Worker holder(String id) {
        return worker(id, true, Nearness.LOADING);
    }

    private static CopyPlan plan(Need need, Worker... workers) {
        return CopyPlan.of(new FleetSnapshot(List.of(workers), List.of(workers), false), Map.of("m", need));
    }

    private static CopyWishes kept() {
        return new CopyWishes(List.of("m"), List.of());
    }

    private static CopyWishes spare() {
        return new CopyWishes(List.of(), List.of("m"));
    }

    @Test
    void plan_oneCopyThatRequestsBringAndTake_isNobodysCare() {
        Worker holds = holder("a");
        Worker free = worker("b", false, Nearness.ROOM);
        CopyPlan plan = plan(new Need(1, 0, true), holds, free);
        assertThat(plan.of(holds).isEmpty()).isTrue();
        assertThat(plan.of(free).isEmpty()).isTrue();
        assertThat(plan(new Need(3, 0, true), free).of(free).isEmpty())
                .as("the first request brings it")
                .isTrue();
    }

    @Test
    void plan_aSecondCopy_comesWhereThereIsRoom_andNowhereElse() {
        Worker holds = holder("a");
        Worker crowded = worker("b", false, Nearness.CROWDED);
        Worker free = worker("c", false, Nearness.ROOM);
        CopyPlan plan = plan(new Need(2, 0, true), crowded, holds, free);
        assertThat(plan.of(holds)).isEqualTo(kept());
        assertThat(plan.of(free)).isEqualTo(kept());
        assertThat(plan.of(crowded).isEmpty()).isTrue();
        assertThat(plan(new Need(2, 0, true), crowded, holds).of(crowded).isEmpty())
                .isTrue();
    }

    @Test
    void plan_asManyAsThereMustBe_areAskedForEverywhere_alsoUnasked() {
        Worker crowded = worker("b", false, Nearness.CROWDED);
        Worker far = worker("c", false, Nearness.ABSENT);
        CopyPlan plan = plan(new Need(2, 2, true), crowded, far);
        assertThat(plan.of(crowded)).isEqualTo(kept());
        assertThat(plan.of(far)).isEqualTo(kept());
    }

    @Test
    void plan_holdersBeyondWhatIsNeeded_areSpare_butNotBeforeTheDemandIsKnown_andNeverTheLast() {
        Worker one = holder("a");
        Worker two = holder("b");
        CopyPlan plan = plan(new Need(0, 0, true), one, two);
        List<CopyWishes> told = List.of(plan.of(one), plan.of(two));
        assertThat(told).containsExactlyInAnyOrder(spare(), CopyWishes.NONE);
        assertThat(plan(new Need(1, 0, false), one, two).of(one).isEmpty()).isTrue();
        assertThat(plan(new Need(0, 0, true), one).of(one).isEmpty()).isTrue();
    }

    @Test
    void plan_ofGatewaysThatWantOtherNumbers_namesTheSameWorkersFirst() {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(worker("worker-" + i, i % 4 == 0, i % 4 == 0 ? Nearness.LOADING : Nearness.ROOM));
        }
        List<Worker> shuffled = new ArrayList<>(workers);
        Collections.shuffle(shuffled, new Random(3));
        List<Worker> before = List.of();
        for (int copies = 2; copies <= 8; copies++) {
            CopyPlan plan = plan(new Need(copies, 0, false), workers.toArray(Worker[]::new));
            CopyPlan other = plan(new Need(copies, 0, false), shuffled.toArray(Worker[]::new));
            List<Worker> named = workers.stream()
                    .filter(worker -> plan.of(worker).equals(kept()))
                    .toList();
            assertThat(named).hasSize(copies).containsAll(before);
            assertThat(named).allSatisfy(worker -> assertThat(other.of(worker)).isEqualTo(kept()));
            before = named;
        }
    }

    @Test
    void snapshot_requestsGoToASpareCopy_onlyWhereNobodyElseHoldsTheModel() {
        Worker one = holder("a");
        Worker two = holder("b");
        two.wish(spare());
        FleetSnapshot both = new FleetSnapshot(List.of(one, two), List.of(one, two), false);
        assertThat(both.holding("m")).containsExactly(one);
        assertThat(both.holding("alias")).containsExactly(one);
        assertThat(both.holdingKind(List.of("tensors"))).containsExactly(one);
        FleetSnapshot alone = new FleetSnapshot(List.of(one, two), List.of(two), false);
        assertThat(alone.holding("m")).containsExactly(two);
        assertThat(alone.holdingKind(List.of("tensors"))).containsExactly(two);
    }
}
