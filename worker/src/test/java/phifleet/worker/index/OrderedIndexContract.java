package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an index does besides that makes changes in the order in which one caller asks for them. */
abstract class OrderedIndexContract extends ImageIndexContract {

    @Test
    void changesOfOneGroup_areHeldAgainstEachOther() throws Exception {
        List<CompletableFuture<?>> changes = new ArrayList<>();
        // The first holds the writer up, so that the others come together.
        changes.add(index.put(image("first", "x"), vector(1, 0, 0, 0), true));
        CompletableFuture<Put> put = index.put(image("a", "p"), vector(1, 0, 0, 0), true);
        CompletableFuture<Boolean> deleted = index.delete("a");
        CompletableFuture<Put> again = index.put(image("b", "p"), vector(1, 0, 0, 0), true);
        CompletableFuture<Put> twin = index.put(image("c", "p"), vector(1, 0, 0, 0), true);
        changes.addAll(List.of(put, deleted, again, twin));
        CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        assertThat(put.join()).isEqualTo(new Put.Created());
        assertThat(deleted.join()).isTrue();
        assertThat(again.join()).isEqualTo(new Put.Created());
        assertThat(twin.join()).isEqualTo(new Put.Present("b", Put.Sameness.PIXELS));
        assertThat(found(null, 10, -1)).containsExactlyInAnyOrder("first", "b");
    }
}
