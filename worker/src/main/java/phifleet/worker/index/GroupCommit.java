package phifleet.worker.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread that makes all changes, those together that came while it made the ones before: what waits for a disk waits once a group.
 * While many more are on their way, so that the cores have enough to do, a group waits for some of them (PostgreSQL's
 * {@code commit_delay} and {@code commit_siblings}). Thread-safe.
 */
public final class GroupCommit implements AutoCloseable {
    /** Changes of one group: what an answer waits for at the most, beside the group before it. */
    private static final int MOST = 256;

    /** For how long the first change of a group waits for others: little for an image that shares the cores with many. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** After which it looks again whether many are on their way. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** As many others as keep the cores busy meanwhile. */
    private static final int MANY = 2 * Runtime.getRuntime().availableProcessors();

    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>();
    private final Writer writer;
    private final IntSupplier underWay;
    private final Thread thread;
    private boolean ended;

    /** Makes changes. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Makes the changes of a group in their order, and completes each.
         *
         * @throws IOException if one could not be made: then all that are not complete fail by it, as by whatever else it throws
         */
        void write(List<Operation> group) throws IOException, InterruptedException;
    }

    /** An entry of the queue: a change, or none for the end. */
    private record Step(@Nullable Operation operation) {}

    /**
     * Starts the thread.
     *
     * @param underWay what will most likely become a change, with what waits here already
     */
    public GroupCommit(String name, Writer writer, IntSupplier underWay) {
        this.writer = writer;
        this.underWay = underWay;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Changes asked for after the end fail. */
    public synchronized void add(Operation operation) {
        if (ended) {
            operation.outcome().completeExceptionally(new IndexException("the index is closed"));
        } else {
            queue.add(new Step(operation));
        }
    }

    private void run() {
        List<Step> steps = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                gather(steps);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            List<Operation> group = new ArrayList<>();
            for (Step step : steps) {
                if (step.operation() == null) {
                    last = true;
                } else {
                    group.add(step.operation());
                }
            }
            steps.clear();
            if (!group.isEmpty()) {
                write(group);
            }
        }
    }

    /** What a group is made of: at least one step, and nothing behind the end. */
    private void gather(List<Step> steps) throws InterruptedException {
        steps.add(queue.take());
        long end = System.nanoTime() + LONGEST_NANOS;
        queue.drainTo(steps, MOST - 1);
        long left = LONGEST_NANOS;
        while (left > 0
                && steps.size() < MOST
                && steps.getLast().operation() != null
                && underWay.getAsInt() - steps.size() >= MANY) {
            Step next = queue.poll(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
            if (next != null) {
                steps.add(next);
                queue.drainTo(steps, MOST - steps.size());
            }
            left = end - System.nanoTime();
        }
    }

    /** Whatever becomes of one group, each of it is answered, and the next has its turn. */
    private void write(List<Operation> group) {
        try {
            writer.write(group);
        } catch (IOException | RuntimeException | Error e) {
            fail(group, new IndexException("the index cannot be written: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(group, new IndexException("the index is closed"));
        }
    }

    private static void fail(List<Operation> group, IndexException reason) {
        group.forEach(operation -> operation.outcome().completeExceptionally(reason));
    }

    /** Ends when what was added before is done. */
    @Override
    public void close() {
        synchronized (this) {
            if (!ended) {
                ended = true;
                queue.add(new Step(null));
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
