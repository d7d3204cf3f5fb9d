package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.text.TextUnits;

/**
 * From a score a label for each of a text's tokens to entities, as transformers' {@code token-classification} pipeline does it
 * (4.57.6, {@code aggregate} and {@code group_entities}).
 *
 * @param labels in the order of the scores
 */
record TokenLabels(List<String> labels, Aggregation aggregation) {
    /** What says that a token is of no kind. */
    static final String OUTSIDE = "O";

    private static final String BEGIN = "B-";
    private static final String INSIDE = "I-";

    /**
     * The entities of one text, those of no kind included.
     *
     * @param scores of each unit, each summing to 1
     */
    List<Entity> entities(TextUnits units, List<float[]> scores) {
        List<Entity> single = aggregation.isOfWords() ? words(units, scores) : tokens(units, scores);
        return aggregation == Aggregation.NONE ? single : grouped(single);
    }

    /** What kind a label is of: {@code PER} of {@code B-PER}. */
    static String kind(String label) {
        return label.startsWith(BEGIN) || label.startsWith(INSIDE) ? label.substring(BEGIN.length()) : label;
    }

    private List<Entity> tokens(TextUnits units, List<float[]> scores) {
        List<Entity> tokens = new ArrayList<>(scores.size());
        for (int i = 0; i < scores.size(); i++) {
            tokens.add(entity(scores.get(i), units.start(i), units.stop(i)));
        }
        return tokens;
    }

    private List<Entity> words(TextUnits units, List<float[]> scores) {
        List<Entity> words = new ArrayList<>();
        for (int from = 0; from < scores.size(); ) {
            int to = from + 1;
            while (to < scores.size() && units.continuesWord(to)) {
                to++;
            }
            words.add(entity(ofWord(scores.subList(from, to)), units.start(from), units.stop(to - 1)));
            from = to;
        }
        return words;
    }

    private float[] ofWord(List<float[]> tokens) {
        return switch (aggregation) {
            case FIRST -> tokens.getFirst();
            case AVERAGE -> mean(tokens);
            case MAX -> surest(tokens);
            case NONE, SIMPLE -> throw new IllegalStateException(aggregation + " is not of words");
        };
    }

    private static float[] surest(List<float[]> tokens) {
        float[] surest = tokens.getFirst();
        for (float[] token : tokens) {
            if (token[best(token)] > surest[best(surest)]) {
                surest = token;
            }
        }
        return surest;
    }

    private static float[] mean(List<float[]> tokens) {
        float[] mean = new float[tokens.getFirst().length];
        for (int label = 0; label < mean.length; label++) {
            double sum = 0;
            for (float[] token : tokens) {
                sum += token[label];
            }
            mean[label] = (float) (sum / tokens.size());
        }
        return mean;
    }

    private Entity entity(float[] scores, int start, int stop) {
        int best = best(scores);
        return new Entity(labels.get(best), scores[best], start, stop);
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private static List<Entity> grouped(List<Entity> single) {
        List<Entity> groups = new ArrayList<>();
        for (int from = 0; from < single.size(); ) {
            int to = from + 1;
            while (to < single.size()
                    && goesOn(single.get(to - 1).label(), single.get(to).label())) {
                to++;
            }
            groups.add(group(single.subList(from, to)));
            from = to;
        }
        return groups;
    }

    private static boolean goesOn(String before, String label) {
        return !label.startsWith(BEGIN) && kind(label).equals(kind(before));
    }

    private static Entity group(List<Entity> parts) {
        double sum = 0;
        for (Entity part : parts) {
            sum += part.score();
        }
        String first = parts.getFirst().label();
        // So the pipeline names groups, also of labels that have another mark before the hyphen.
        int hyphen = first.indexOf('-');
        return new Entity(
                hyphen < 0 ? first : first.substring(hyphen + 1),
                (float) (sum / parts.size()),
                parts.getFirst().start(),
                parts.getLast().stop());
    }
}
