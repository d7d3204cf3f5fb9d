package phifleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    private static final int SMALL = BodyBudget.SMALL_BYTES;

    @Test
    void largeBodies_leaveAQuarterToSmallOnes() {
        BodyBudget budget = new BodyBudget(40L * SMALL);
        assertThat(budget.take(30L * SMALL, 30L * SMALL)).isTrue();
        assertThat(budget.take(1, 2L * SMALL)).isFalse();
        assertThat(budget.take(SMALL, SMALL)).isTrue();
        budget.give(31L * SMALL);
        assertThat(budget.free()).isEqualTo(40L * SMALL);
    }

    @Test
    void tight_isWhereLargeBodiesHaveAQuarterLeft() {
        BodyBudget budget = new BodyBudget(16L * SMALL);
        assertThat(budget.take(9L * SMALL, 9L * SMALL)).isTrue();
        assertThat(budget.isTight()).isFalse();
        assertThat(budget.take(1, 9L * SMALL)).isTrue();
        assertThat(budget.isTight()).isTrue();
        budget.give(1);
        assertThat(budget.isTight()).isFalse();
    }

    @Test
    void share_isOfWhatLargeBodiesMayHave_andGivenBackOnce() {
        BodyBudget budget = new BodyBudget(4L * SMALL);
        BodyBudget.Share share = budget.share(3L * SMALL).orElseThrow();
        assertThat(budget.share(1)).isEmpty();
        share.close();
        share.close();
        assertThat(budget.free()).isEqualTo(4L * SMALL);
    }

    @Test
    void body_takesMemoryAsBytesCome_neverForWhatWasAnnounced() {
        BodyBudget budget = new BodyBudget(64L * SMALL);
        Body body = new Body(budget, 40L * SMALL);
        assertThat(body.add(Buffer.buffer(new byte[10]))).isTrue();
        assertThat(budget.free()).isGreaterThan(62L * SMALL);
        for (int i = 0; i < 20; i++) {
            assertThat(body.add(Buffer.buffer(new byte[SMALL / 2]))).isTrue();
            assertThat(64L * SMALL - budget.free()).as("held").isLessThanOrEqualTo(4L * body.length());
        }
        assertThat(body.length()).isEqualTo(10 + 10 * SMALL);
        assertThat(body.bytes()).hasSize(10 + 10 * SMALL);
        body.release();
        body.release();
        assertThat(budget.free()).isEqualTo(64L * SMALL);
    }

    @Test
    void body_pastTheBudget_isNotTaken_andLeaksNothing() {
        BodyBudget budget = new BodyBudget(8L * SMALL);
        Body body = new Body(budget, -1);
        int added = 0;
        while (body.add(Buffer.buffer(new byte[SMALL]))) {
            added++;
        }
        assertThat(added).isBetween(1, 6);
        body.release();
        assertThat(budget.free()).isEqualTo(8L * SMALL);
    }
}
