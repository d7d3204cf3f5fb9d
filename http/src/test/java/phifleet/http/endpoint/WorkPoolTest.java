package phifleet.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkPoolTest {
    @Test
    void close_whatRuns_isInterruptedAndEndsQuietly() throws Exception {
        assertThat(uncaught(true, new IllegalStateException("interrupted, in a library's words")))
                .isNull();
        assertThat(uncaught(true, new ExceptionInInitializerError("interrupted as a class was begun with")))
                .isNull();
    }

    @Test
    void turn_defect_isNotHidden() throws Exception {
        IllegalStateException defect = new IllegalStateException("a defect");
        assertThat(uncaught(false, defect)).isSameAs(defect);
    }

    @Test
    void turn_afterTheEnd_isNothing() {
        WorkPool pool = new WorkPool("test", 1);
        pool.close();
        assertThatCode(() -> pool.turn(() -> {
                    throw new AssertionError("ran after the end");
                }))
                .doesNotThrowAnyException();
    }

    /** What a turn that waits, and then throws, leaves on its thread. */
    private static @Nullable Throwable uncaught(boolean closed, Throwable thrownAfter) throws InterruptedException {
        WorkPool pool = new WorkPool("test", 1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        pool.turn(() -> {
            thread.set(Thread.currentThread());
            Thread.currentThread().setUncaughtExceptionHandler((on, thrown) -> failure.set(thrown));
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw unchecked(thrownAfter);
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        if (closed) {
            pool.close();
        } else {
            goOn.countDown();
        }
        thread.get().join(10_000);
        pool.close();
        return failure.get();
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
