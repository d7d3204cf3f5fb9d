package phifleet.worker.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread that makes all changes, those together that came while it made the ones before: what waits for a disk waits once a group.
 * Thread-safe.
 */
public final class GroupCommit implements AutoCloseable {
    /** Changes of one group: what an answer waits for at the most, beside the group before it. */
    private static final int MOST = 256;

    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>();
    private final Consumer<List<Operation>> writer;
    private final Thread thread;
    private boolean ended;

    /** An entry of the queue: a change, or none for the end. */
    private record Step(@Nullable Operation operation) {}

    /**
     * Starts the thread.
     *
     * @param writer makes the changes of a group in their order and completes each
     */
    public GroupCommit(String name, Consumer<List<Operation>> writer) {
        this.writer = writer;
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
                steps.add(queue.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            queue.drainTo(steps, MOST - 1);
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

    /** Whatever becomes of one group, each of it is answered, and the next has its turn. */
    private void write(List<Operation> group) {
        try {
            writer.accept(group);
        } catch (RuntimeException | Error e) {
            IndexException failure = new IndexException("the index cannot be written: " + e, e);
            group.forEach(operation -> operation.outcome().completeExceptionally(failure));
        }
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
