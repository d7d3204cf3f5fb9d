package phifleet.worker.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tries inputs on all targets at once. Each is made of the seed, its target's name and its number alone. */
final class Fuzzing {
    /** Of one target, past which there is little more to learn. */
    private static final int MAX_COMPLAINTS = 3;

    /** What has not ended so long after the last input began never will. */
    private static final int HANGS_AFTER_SECONDS = 60;

    private final List<Target> targets;
    private final long seed;

    Fuzzing(List<Target> targets, long seed) {
        this.targets = targets;
        this.seed = seed;
    }

    /** For so long; whether nothing was wrong. */
    boolean run(int seconds) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Books> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService cores = Executors.newCachedThreadPool()) {
            List<Future<?>> running = new ArrayList<>();
            for (Target target : targets) {
                Books books = new Books(target);
                all.add(books);
                ExecutorService executor = target.threads() == 1 ? cores : threads;
                for (int i = 0; i < target.threads(); i++) {
                    running.add(executor.submit(() -> attack(books, end)));
                }
            }
            for (Future<?> one : running) {
                long left = Math.max(0, end - System.nanoTime());
                one.get(left + TimeUnit.SECONDS.toNanos(HANGS_AFTER_SECONDS), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            all.forEach(Books::reportHangs);
            System.exit(1);
        }
        all.forEach(books -> System.out.println("  " + books));
        long inputs = all.stream().mapToLong(books -> books.inputs.get()).sum();
        long complaints =
                all.stream().mapToLong(books -> books.complaints.get()).sum();
        System.out.println(inputs + " inputs in " + seconds + " s, " + complaints + " complaints");
        return complaints == 0;
    }

    private final class Books {
        private final Target target;
        private final AtomicLong inputs = new AtomicLong();
        private final AtomicInteger complaints = new AtomicInteger();
        private final Set<Long> running = ConcurrentHashMap.newKeySet();

        Books(Target target) {
            this.target = target;
        }

        private String again(long input) {
            return "  again: scripts/fuzz --seed " + seed + " --only '" + target.name() + "' --input " + input;
        }

        void reportHangs() {
            running.forEach(input -> System.out.println("\n" + target.name() + " hangs\n" + again(input)));
        }

        @Override
        public String toString() {
            return target.name() + ": " + inputs + " inputs, " + complaints + " complaints";
        }
    }

    private void attack(Books books, long end) {
        while (System.nanoTime() < end && books.complaints.get() < MAX_COMPLAINTS) {
            long input = books.inputs.getAndIncrement();
            books.running.add(input);
            String complaint = attempt(books.target, input);
            books.running.remove(input);
            if (complaint != null && books.complaints.incrementAndGet() <= MAX_COMPLAINTS) {
                System.out.println("\n" + complaint + "\n" + books.again(input));
            }
        }
    }

    private @Nullable String attempt(Target target, long input) {
        long mixed = (((long) target.name().hashCode() << 32) + input) * 0x9E3779B97F4A7C15L;
        try {
            return target.attack(new SplittableRandom(seed ^ mixed));
        } catch (Exception e) {
            return target.name() + " could not be tried: " + e;
        }
    }

    /** One input of the one target once more; whether nothing is wrong with it. */
    boolean again(long input) {
        String complaint = attempt(targets.getFirst(), input);
        System.out.println(complaint == null ? "nothing is wrong" : complaint);
        return complaint == null;
    }
}
