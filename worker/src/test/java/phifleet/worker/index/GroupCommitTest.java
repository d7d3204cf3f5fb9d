package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void add_afterAGroupThatFailedUnforeseen_isWritten() throws Exception {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        try (GroupCommit commits = new GroupCommit("test", group -> group.forEach(GroupCommitTest::write), () -> 0)) {
            commits.add(new Operation.Deleting("broken", first));
            assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IndexException.class)
                    .hasMessageContaining("unforeseen");

            commits.add(new Operation.Deleting("whole", second));
            assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void add_whileManyAreOnTheirWay_isMadeTogetherWithWhatComesNext() throws Exception {
        List<Integer> groups = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        AtomicReference<GroupCommit> commits = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        IntSupplier underWay = () -> {
            if (asked.getAndIncrement() > 0) {
                return 0;
            }
            commits.get().add(new Operation.Deleting("second", second));
            return Integer.MAX_VALUE;
        };
        commits.set(new GroupCommit(
                "test",
                group -> {
                    groups.add(group.size());
                    group.forEach(GroupCommitTest::write);
                },
                underWay));
        commits.get().add(new Operation.Deleting("first", first));

        assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
        commits.get().close();
        assertThat(groups).containsExactly(2);
    }

    @Test
    void add_whileManyAreOnTheirWayThatNeverCome_isMade() throws Exception {
        CompletableFuture<Boolean> only = new CompletableFuture<>();
        try (GroupCommit commits =
                new GroupCommit("test", group -> group.forEach(GroupCommitTest::write), () -> Integer.MAX_VALUE)) {
            commits.add(new Operation.Deleting("only", only));
            assertThat(only.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void close_whileManyAreOnTheirWay_makesWhatWasAdded() throws Exception {
        CompletableFuture<Boolean> only = new CompletableFuture<>();
        GroupCommit commits =
                new GroupCommit("test", group -> group.forEach(GroupCommitTest::write), () -> Integer.MAX_VALUE);
        commits.add(new Operation.Deleting("only", only));
        commits.close();

        assertThat(only).isCompletedWithValue(true);
    }

    private static void write(Operation operation) {
        if (operation instanceof Operation.Deleting deleting) {
            if (deleting.id().equals("broken")) {
                throw new AssertionError("unforeseen");
            }
            deleting.outcome().complete(true);
        }
    }
}
