package phifleet.worker.residence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether there is room for a model, and which others go for it. Pure: it decides, and others do it.
 *
 * <p>What is lost with a model that goes is the time of loading it again at the next request for it, and what is won are its bytes.
 * So the one with the least {@code requests a second × seconds to load ÷ bytes} goes first. A model that has just come stays
 * {@value #LEAST_STAYS} times as long as its load took, else models that are asked for in turns would do nothing but load.
 *
 * @param perSecond requests a second for a model, by its id
 */
record EvictionPolicy(ToDoubleFunction<String> perSecond) {
    /** How many times its load a model stays at least. */
    static final int LEAST_STAYS = 3;

    /**
     * A model that takes memory.
     *
     * @param load how long it took to load
     * @param readyNanos when it was loaded
     * @param kept whether it never goes
     */
    record Resident(String id, long bytes, Duration load, long readyNanos, boolean kept) {
        private long freeNanos() {
            return readyNanos + LEAST_STAYS * load.toNanos();
        }
    }

    /** What a model that is to be loaded finds. */
    sealed interface Room {
        /** It fits. */
        record Free() implements Room {}

        /** It fits once these have gone, and those that are going already. */
        record After(List<String> leaving) implements Room {
            public After {
                leaving = List.copyOf(leaving);
            }
        }

        /** None of those that could go may go yet. */
        record Later(long nanos) implements Room {}

        /** Not even if all went that may: this is the most there could be. */
        record Never(long mostBytes) implements Room {}
    }

    /**
     * Looks for room.
     *
     * @param needed bytes of the model to come
     * @param budget bytes of all together
     * @param going bytes of models that serve no more, and are not closed yet
     * @param residents those that serve
     */
    Room room(long needed, long budget, long going, List<Resident> residents, long now) {
        long free = budget - residents.stream().mapToLong(Resident::bytes).sum();
        if (needed <= free) {
            return needed <= free - going ? new Room.Free() : new Room.After(List.of());
        }
        List<Resident> movable =
                residents.stream().filter(resident -> !resident.kept()).toList();
        long most = free + movable.stream().mapToLong(Resident::bytes).sum();
        if (needed > most) {
            return new Room.Never(Math.max(0, most));
        }
        List<Resident> leaving = new ArrayList<>();
        long found = free;
        for (Resident resident : leastFirst(movable, now)) {
            if (found >= needed) {
                break;
            }
            leaving.add(resident);
            found += resident.bytes();
        }
        if (found < needed) {
            return new Room.Later(movable.stream()
                    .mapToLong(resident -> resident.freeNanos() - now)
                    .filter(nanos -> nanos > 0)
                    .min()
                    .orElse(1));
        }
        return new Room.After(withoutNeedless(leaving, found - needed));
    }

    private List<Resident> leastFirst(List<Resident> movable, long now) {
        return movable.stream()
                .filter(resident -> now - resident.freeNanos() >= 0)
                .sorted(Comparator.comparingDouble(this::value).thenComparingLong(Resident::readyNanos))
                .toList();
    }

    /** A large one that came last can make the small ones before it needless. */
    private static List<String> withoutNeedless(List<Resident> leaving, long over) {
        List<String> needed = new ArrayList<>();
        long spare = over;
        for (Resident resident : leaving.reversed()) {
            if (resident.bytes() <= spare) {
                spare -= resident.bytes();
            } else {
                needed.add(resident.id());
            }
        }
        return needed.reversed();
    }

    private double value(Resident resident) {
        double seconds = resident.load().toNanos() / 1e9;
        return perSecond.applyAsDouble(resident.id()) * seconds / Math.max(1, resident.bytes());
    }
}
