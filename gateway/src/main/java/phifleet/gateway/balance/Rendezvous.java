package phifleet.gateway.balance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several workers is the one for a model, so that all who know the same workers choose the same without a word: the one with
 * the highest weight (D. G. Thaler, C. V. Ravishankar, Using Name-Based Mappings to Increase Hit Rates, IEEE/ACM ToN 1998). Where a
 * worker goes, only its models move.
 */
final class Rendezvous {
    /** FNV-1a's, of 64 bits. */
    private static final long BASIS = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Rendezvous() {}

    static Optional<Worker> choose(String model, List<Worker> workers) {
        return workers.stream().max(order(model));
    }

    /** The one that is chosen is the greatest. */
    static Comparator<Worker> order(String model) {
        return Comparator.comparingLong(
                        (Worker worker) -> weight(model, worker.card().id()))
                .thenComparing(worker -> worker.card().id());
    }

    static long weight(String model, String worker) {
        return mix(add(add(BASIS, model) * PRIME, worker));
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * PRIME;
        }
        return sum;
    }

    /** The finaliser of SplitMix64: FNV's high bits hardly know the last letters, by which workers differ. */
    private static long mix(long hash) {
        long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
