package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/** A model of whole numbers that runs a batch when the test says so, answers each input times ten, and fails on −1. */
final class GatedModel implements Model<Integer, Integer> {
    private final Semaphore gate = new Semaphore(0);
    private final Semaphore entered = new Semaphore(0);
    private final List<List<Integer>> batches = new ArrayList<>();

    private volatile LongConsumer time = units -> {};

    @Override
    public List<Integer> run(List<Integer> batch) throws ModelException {
        synchronized (batches) {
            batches.add(batch);
        }
        entered.release();
        gate.acquireUninterruptibly();
        time.accept(batch.stream().mapToLong(Integer::longValue).sum());
        if (batch.contains(-1)) {
            throw new ModelException("minus one");
        }
        if (batch.contains(-2)) {
            throw ModelException.ofInputs("minus two", new ArithmeticException());
        }
        return batch.stream().map(input -> input * 10).toList();
    }

    /** Lets this many batches through. */
    void open(int count) {
        gate.release(count);
    }

    /** Has time pass in each batch, by its units. */
    void taking(LongConsumer newTime) {
        time = newTime;
    }

    /** Waits until a batch is inside. */
    void awaitEntered() throws InterruptedException {
        if (!entered.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no batch came");
        }
    }

    List<List<Integer>> batches() {
        synchronized (batches) {
            return List.copyOf(batches);
        }
    }

    @Override
    public void close() {}
}
