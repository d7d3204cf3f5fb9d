package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void add_afterAGroupThatFailedUnforeseen_isWritten() throws Exception {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        try (GroupCommit commits = new GroupCommit("test", group -> group.forEach(GroupCommitTest::write))) {
            commits.add(new Operation.Deleting("broken", first));
            assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IndexException.class)
                    .hasMessageContaining("unforeseen");

            commits.add(new Operation.Deleting("whole", second));
            assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
        }
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
