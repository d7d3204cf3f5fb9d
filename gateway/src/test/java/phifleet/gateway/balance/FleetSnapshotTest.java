package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/** Which workers may take a request, by the models that they hold. */
class FleetSnapshotTest extends DirectoryTest {
    @Test
    void holding_modelOfSeveralKinds_isOnce() {
        WorkerCard one =
                Workers.card("one", new HeldModel("m3", "sentence-encoder"), new HeldModel("m3", "sparse-encoder"));
        ready(one, Workers.card("two", new HeldModel("mini", "sentence-encoder")));
        FleetSnapshot snapshot = directory.snapshot();

        assertThat(snapshot.holding("m3")).containsExactly(worker("one"));
        assertThat(snapshot.holdingKind(List.of("sparse-encoder"))).containsExactly(worker("one"));
        assertThat(snapshot.holdingKind(List.of("sentence-encoder"))).hasSize(2);
    }

    @Test
    void holdingAllIn_asksOneModelToBeAllOfThem() {
        HeldModel dense = new HeldModel("m3", "sentence-encoder");
        ready(
                Workers.card("apart", new HeldModel("mini", "sentence-encoder"), new HeldModel("s", "sparse-encoder")),
                Workers.card("together", dense, new HeldModel("m3", "sparse-encoder")));
        FleetSnapshot snapshot = directory.snapshot();

        assertThat(snapshot.holdingAllIn(List.of("sentence-encoder", "sparse-encoder")))
                .containsExactly(worker("together"));
        assertThat(snapshot.holdingAllIn(List.of("sparse-encoder"))).hasSize(2);
        assertThat(snapshot.holdingAllIn(List.of("text-image-encoder"))).hasSize(2);
    }

    @Test
    void holding_asksOnlyThoseThatHoldTheModel() {
        HeldModel mini = new HeldModel("mini", "sentence-encoder");
        HeldModel yolo = new HeldModel("yolo", "detector");
        WorkerCard text = Workers.card("text", mini);
        WorkerCard both = Workers.card("both", mini, yolo);
        ready(text, both);
        FleetSnapshot snapshot = directory.snapshot();

        assertThat(snapshot.uniform()).isFalse();
        assertThat(snapshot.holding("yolo")).containsExactly(worker("both"));
        assertThat(snapshot.holding("mini")).hasSize(2);
        assertThat(snapshot.holdingKind(List.of("detector"))).containsExactly(worker("both"));
        assertThat(snapshot.holdingKind(List.of("reranker", "detector"))).containsExactly(worker("both"));
        assertThat(snapshot.holdingKind(List.of("detector", "sentence-encoder")))
                .hasSize(2);
        assertThat(snapshot.holdingKind(List.of("reranker"))).hasSize(2);
        assertThat(snapshot.holdingKind(List.of())).hasSize(2);
        assertThat(snapshot.holding("nobody knows it")).hasSize(2);

        worker("both").lease().failed(Failure.CONNECT);
        assertThat(directory.snapshot().holding("yolo")).isEmpty();
    }
}
