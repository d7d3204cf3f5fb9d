package phifleet.inference.serving;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A network whose results hang on the padding beside a text, mask or none, as a convolution over tokens does (ConvBERT) and landmarks of
 * a batch's length (Nyströmformer): of a batch it runs texts of one length together, so that nothing is padded.
 */
final class EqualLengths implements Model<TokenSequence, Vector> {
    private static final Logger LOG = LoggerFactory.getLogger(EqualLengths.class);

    /** Tokens of the texts of the trial: one that is padded, and one that it is padded to. */
    private static final int SHORT = 5;

    private static final int LONG = 23;

    /** Every vocabulary is larger. */
    private static final int MOST_ID = 8;

    /** The most that a result may differ, as a share of its length: rounding gives some 1e-6, in half floats 1e-3. */
    private static final double TOLERANCE = 5e-3;

    private final Model<TokenSequence, Vector> model;

    private EqualLengths(Model<TokenSequence, Vector> model) {
        this.model = model;
    }

    /**
     * The model itself, or one that keeps lengths apart where a trial shows that padding leaks. 8-bit numbers and fewer are not tried:
     * their scales are a batch's own, and what that does is said by {@code reproducible}.
     */
    static LoadedModel where(ModelSpec spec, LoadedModel loaded) {
        boolean tried = loaded.padding() != Padding.NOWHERE
                && loaded.precision() != Precision.INT8
                && loaded.precision() != Precision.INT4
                && !spec.texts().input().filled()
                && spec.texts().input().maxTokens() > SHORT;
        if (!tried || !leaks(spec, loaded.model())) {
            return loaded;
        }
        LOG.warn(
                "{}: what a text gives depends on the padding beside it, so that texts of one length alone run together",
                spec.id());
        return loaded.with(new EqualLengths(loaded.model()));
    }

    private static boolean leaks(ModelSpec spec, Model<TokenSequence, Vector> model) {
        Random random = new Random(1);
        int padding = spec.texts().input().padId();
        TokenSequence text = text(random, SHORT, padding);
        TokenSequence other = text(random, Math.min(LONG, spec.texts().input().maxTokens()), padding);
        try {
            Vector alone = model.run(List.of(text)).getFirst();
            Vector beside = model.run(List.of(text, other)).getFirst();
            return !isClose(alone.values(), beside.values());
        } catch (ModelException | RuntimeException e) {
            // What cannot run such ids is tried by others, with its own texts.
            LOG.debug("{}: not tried with padding: {}", spec.id(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static TokenSequence text(Random random, int tokens, int padding) {
        return new TokenSequence(IntStream.generate(() -> random.nextInt(MOST_ID - 1))
                .map(id -> id < padding ? id : id + 1)
                .limit(tokens)
                .toArray());
    }

    private static boolean isClose(float[] expected, float[] found) {
        if (expected.length != found.length) {
            return false;
        }
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - found[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference) <= TOLERANCE * Math.sqrt(length);
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        Map<Integer, int[]> runs = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            int[] before = runs.getOrDefault(batch.get(i).length(), new int[0]);
            int[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = i;
            runs.put(batch.get(i).length(), more);
        }
        Vector[] vectors = new Vector[batch.size()];
        for (int[] run : runs.values()) {
            List<Vector> results =
                    model.run(IntStream.of(run).mapToObj(batch::get).toList());
            for (int i = 0; i < run.length; i++) {
                vectors[run[i]] = results.get(i);
            }
        }
        return List.of(vectors);
    }

    @Override
    public Model<TokenSequence, Vector> alone() {
        Model<TokenSequence, Vector> alone = model.alone();
        return alone.equals(model) ? this : new EqualLengths(alone);
    }

    @Override
    public void settle() throws ModelException {
        model.settle();
    }

    @Override
    public void close() {
        model.close();
    }
}
