package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.WorkUnit;

/** Many threads that submit, cancel and close, on real loops: each submission that was taken ends once. */
class LaneRaceTest {
    private static final int USERS = 8;
    private static final int SUBMISSIONS = 100;

    @Test
    void submissions_ofManyThreads_endOnceEach() throws Exception {
        long seed = System.nanoTime();
        System.out.println("races of two lanes: seed " + seed);
        List<AtomicInteger> ends = new ArrayList<>();
        try (DeviceLoops device = new DeviceLoops("race", 2, System::nanoTime);
                Lane<Integer, Integer> drained = open(device);
                Lane<Integer, Integer> closed = open(device);
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<AtomicInteger>>> running = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                Random random = new Random(seed + user);
                Lane<Integer, Integer> lane = user % 2 == 0 ? drained : closed;
                Callable<List<AtomicInteger>> task = () -> use(lane, random);
                running.add(users.submit(task));
            }
            Thread.sleep(5);
            closed.close();
            for (Future<List<AtomicInteger>> future : running) {
                ends.addAll(future.get());
            }
            assertThat(drained.drain(Duration.ofSeconds(30))).isTrue();
            assertThat(drained.state().queuedItems() + drained.state().runningItems())
                    .isZero();
            assertThat(closed.state().queuedItems() + closed.state().runningItems())
                    .isZero();
        }
        assertThat(ends).as("ends, seed %s", seed).isNotEmpty().allMatch(count -> count.get() == 1);
    }

    private static Lane<Integer, Integer> open(DeviceLoops device) {
        Model<Integer, Integer> model = new Model<>() {
            @Override
            public List<Integer> run(List<Integer> batch) throws ModelException {
                if (batch.contains(59) && batch.size() > 30) {
                    throw new ModelException("a large batch with a 59");
                }
                return batch;
            }

            @Override
            public void close() {}
        };
        return device.open(
                "race",
                model,
                InputShape.of(WorkUnit.TOKENS, units -> units),
                new LaneSettings(3_000, Duration.ofSeconds(10), SimulatedDevice.BATCH, 64, 1, Duration.ZERO, 0),
                new LengthAwarePolicy(),
                LaneObserver.NONE);
    }

    private static List<AtomicInteger> use(Lane<Integer, Integer> lane, Random random) {
        List<AtomicInteger> ends = new ArrayList<>();
        for (int i = 0; i < SUBMISSIONS; i++) {
            AtomicInteger count = new AtomicInteger();
            List<Integer> inputs =
                    random.ints(1 + random.nextInt(40), 1, 60).boxed().toList();
            long deadline = random.nextInt(4) == 0 ? System.nanoTime() + random.nextInt(2_000_000) : Long.MAX_VALUE;
            Priority priority = random.nextInt(4) == 0 ? Priority.BATCH : Priority.INTERACTIVE;
            Admission admission = lane.submit(inputs, priority, deadline, outcome -> count.incrementAndGet());
            if (admission instanceof Admission.Accepted(Admission.Ticket ticket)) {
                ends.add(count);
                if (random.nextInt(5) == 0) {
                    ticket.cancel();
                }
            } else {
                Thread.yield();
            }
        }
        return ends;
    }
}
