package phifleet.worker.index.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Vector;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;

/** Two workers that keep an index together. */
class SpreadIndexTest {
    private static final VectorSource SOURCE = new VectorSource("encoder", "00ff", 2);
    private static final String SECRET = "as long as it has to be";
    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private PartNode first;
    private PartNode second;

    @BeforeEach
    void start() throws Exception {
        first = new PartNode("first", folder.resolve("first"), SECRET);
        second = new PartNode("second", folder.resolve("second"), SECRET);
        first.knows(first, second);
        second.knows(first, second);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static CompletableFuture<Put> put(ImageIndex index, int number) {
        ImageRecord image =
                new ImageRecord("i" + number, "imo", "p" + number, null, 1, 1, 1, number, "", List.of(), Map.of());
        return index.put(image, new Vector(new float[] {1, number}), true);
    }

    private static long in(ImageIndex index) throws IndexException {
        return index.state().images();
    }

    @Test
    void put_ofTheSameImagesAtBothAtOnce_createsEachOnce_andBothHaveAPart() throws Exception {
        List<CompletableFuture<Put>> puts = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            puts.add(put(first.whole(SOURCE), i));
            puts.add(put(second.whole(SOURCE), i));
        }
        int created = 0;
        for (CompletableFuture<Put> put : puts) {
            created += put.get(30, TimeUnit.SECONDS) instanceof Put.Created ? 1 : 0;
        }

        assertThat(created).isEqualTo(IMAGES);
        assertThat(in(first.part(SOURCE))).isBetween(1L, IMAGES - 1L);
        assertThat(in(first.part(SOURCE)) + in(second.part(SOURCE))).isEqualTo(IMAGES);
        assertThat(in(first.whole(SOURCE))).isEqualTo(IMAGES);
        assertThat(second.whole(SOURCE).search(new ImageQuery(null, IMAGES, -1, List.of())))
                .hasSize(IMAGES)
                .first()
                .satisfies(hit -> assertThat(hit.image().id()).isEqualTo("i" + (IMAGES - 1)));
    }

    @Test
    void put_whereTheOwnerIsDead_failsAndNamesIt_andGoesElsewhereOnceItHasLeft() throws Exception {
        second.die();
        Throwable failed = catchThrowable(() -> put(first.whole(SOURCE), 1).get(30, TimeUnit.SECONDS));
        assertThat(failed).hasRootCauseInstanceOf(java.io.IOException.class).hasMessageContaining("worker second");
        assertThat(in(first.part(SOURCE))).isZero();
        assertThatThrownBy(() -> first.whole(SOURCE).search(new ImageQuery(null, 1, -1, List.of())))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("worker second");

        first.knows(first);
        for (int i = 0; i < IMAGES; i++) {
            assertThat(put(first.whole(SOURCE), i).get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
        }
        assertThat(in(first.part(SOURCE))).isEqualTo(IMAGES);
    }

    @Test
    void put_ofWhatIsWithAnotherSinceBefore_isPresent() throws Exception {
        first.knows(first);
        for (int i = 0; i < IMAGES; i++) {
            put(first.whole(SOURCE), i).get(30, TimeUnit.SECONDS);
        }
        first.knows(first, second);

        for (int i = 0; i < IMAGES; i++) {
            assertThat(put(second.whole(SOURCE), i).get(30, TimeUnit.SECONDS))
                    .isEqualTo(new Put.Present("i" + i, Put.Sameness.FILE));
        }
        assertThat(in(second.part(SOURCE))).isZero();
    }

    @Test
    void pictures_thatAreWithBoth_areFoundOnce_andDeletedWithBoth() throws Exception {
        put(first.part(SOURCE), 1).get(30, TimeUnit.SECONDS);
        put(second.part(SOURCE), 1).get(30, TimeUnit.SECONDS);

        assertThat(first.whole(SOURCE).search(new ImageQuery(new Vector(new float[] {1, 1}), 10, -1, List.of())))
                .hasSize(1);
        assertThat(first.whole(SOURCE).delete("i1").get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(in(first.part(SOURCE)) + in(second.part(SOURCE))).isZero();
    }

    @Test
    void pictures_thatAreWithBoth_areWithTheirOwnerAlone_onceBothHaveLooked() throws Exception {
        first.knows(first);
        second.knows(second);
        for (int i = 0; i < IMAGES; i++) {
            put(first.whole(SOURCE), i).get(30, TimeUnit.SECONDS);
            put(second.whole(SOURCE), i + IMAGES / 2).get(30, TimeUnit.SECONDS);
        }
        first.knows(first, second);
        second.knows(first, second);
        assertThat(in(first.whole(SOURCE))).isEqualTo(2 * IMAGES);

        int gone = first.unites() + second.unites();

        assertThat(gone).isEqualTo(IMAGES / 2);
        assertThat(in(first.whole(SOURCE))).isEqualTo(2 * IMAGES - gone);
        assertThat(first.unites() + second.unites()).isZero();
        for (int i = 0; i < IMAGES + IMAGES / 2; i++) {
            assertThat(second.whole(SOURCE).get("i" + i)).as("image " + i).isPresent();
            boolean here = first.part(SOURCE).get("i" + i).isPresent();
            assertThat(second.part(SOURCE).get("i" + i).isPresent()).isEqualTo(!here);
        }
    }

    @Test
    void pictures_thatTheOtherHasNot_stay_whoeverOwnsThem() throws Exception {
        for (int i = 0; i < IMAGES; i++) {
            put(first.part(SOURCE), i).get(30, TimeUnit.SECONDS);
        }

        assertThat(first.unites() + second.unites()).isZero();
        assertThat(in(first.part(SOURCE))).isEqualTo(IMAGES);
    }

    @Test
    void questions_ofAnotherFleet_areNotAnswered() throws Exception {
        try (PartNode stranger = new PartNode("third", folder.resolve("third"), "another secret than that")) {
            stranger.knows(first, stranger);
            assertThatThrownBy(() -> stranger.whole(SOURCE).get("i1"))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("403");
        }
    }
}
