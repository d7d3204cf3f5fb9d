package phifleet.worker.http.heads;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text's place among the others.
 *
 * @param index where it stood in the request
 */
record Ranked(int index, float score) {

    /** The best first; of equal ones the one that stood first. */
    static List<Ranked> best(List<Float> scores, int most) {
        return IntStream.range(0, scores.size())
                .mapToObj(index -> new Ranked(index, scores.get(index)))
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .limit(most)
                .toList();
    }
}
