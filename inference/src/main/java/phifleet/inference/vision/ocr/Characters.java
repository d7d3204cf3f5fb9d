package phifleet.inference.vision.ocr;

import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * What a network that reads tells apart: in each column of a line nothing (class 0, the blank of connectionist temporal classification), a
 * character, or a space (the last class).
 *
 * @param all the characters, from class 1 on
 */
public record Characters(List<String> all) {
    /** Classes beside the characters. */
    private static final int BLANK_AND_SPACE = 2;

    public Characters {
        all = List.copyOf(all);
    }

    /** One a line, as a graph's metadata have them under {@code character}. */
    public static Characters of(String lines) {
        return new Characters(lines.lines().toList());
    }

    public int classes() {
        return all.size() + BLANK_AND_SPACE;
    }

    /**
     * What a line says: in each column the likeliest class, of equal ones that follow each other one, and no blanks.
     *
     * @param found columns with a probability a class: 1 x columns x {@link #classes}
     * @throws ModelException if it is something else
     */
    public Read read(Tensor found) throws ModelException {
        List<Long> shape = found.shape();
        if (found.type() != ElementType.FP32 || shape.size() != 3 || shape.get(0) != 1 || shape.get(2) != classes()) {
            throw new ModelException(
                    "a network that reads text gave " + found + ", and its characters make " + classes() + " classes");
        }
        StringBuilder text = new StringBuilder();
        double sum = 0;
        int kept = 0;
        int before = 0;
        for (int column = 0; column < shape.get(1); column++) {
            int best = likeliest(found, column * classes());
            if (best != 0 && best != before) {
                text.append(best > all.size() ? " " : all.get(best - 1));
                sum += found.number(column * classes() + best);
                kept++;
            }
            before = best;
        }
        double score = kept == 0 ? 0 : sum / kept;
        if (!Double.isFinite(score)) {
            throw new ModelException("a network that reads text gave what is no number");
        }
        return new Read(text.toString(), Math.clamp(score, 0, 1));
    }

    private int likeliest(Tensor found, int from) {
        int best = 0;
        double most = found.number(from);
        for (int i = 1; i < classes(); i++) {
            double value = found.number(from + i);
            if (value > most) {
                most = value;
                best = i;
            }
        }
        return best;
    }

    /**
     * A line that was read.
     *
     * @param score the mean probability of its characters, 0 to 1; 0 where it has none
     */
    public record Read(String text, double score) {
        public static final Read NOTHING = new Read("", 0);
    }
}
