package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Encodings;
import phifleet.inference.text.LaneModel;
import phifleet.inference.text.Passage;
import phifleet.inference.text.SpecialIds;
import phifleet.inference.text.TextUnits;
import phifleet.inference.text.Window;

/** Entities of the kinds that a model was trained for, by the labels of tokens, whose numbers come from a lane. */
public final class LaneTokenClassifier extends LaneModel<Vector> implements EntityExtractor {
    /** Of a window's tokens this part is seen by the next one too. */
    private static final int OVERLAP = 4;

    private final Task.TokenClassification task;
    private final Tokenizer tokenizer;
    private final TokenUnits units;
    private final SpecialIds special;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param statistics what observes the lane */
    public LaneTokenClassifier(
            ModelDescription description,
            Task.TokenClassification task,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.tokenizer = tokenizer;
        this.units = new TokenUnits(task.marksSubwords(), task.unknown());
        this.special = SpecialIds.of(tokenizer);
        task.labels().forEach(label -> known.add(TokenLabels.kind(label)));
        known.addAll(task.labels());
    }

    @Override
    public Task.TokenClassification task() {
        return task;
    }

    @Override
    public @Nullable Unfit unfit(Wanted wanted) {
        if (wanted.overlapping() != null) {
            return new Unfit(
                    "overlapping",
                    -1,
                    "is for models that take labels, and " + description().id() + " has its own");
        }
        for (int i = 0; i < wanted.labels().size(); i++) {
            if (!known.contains(wanted.labels().get(i))) {
                return new Unfit(
                        "labels",
                        i,
                        "is none of the labels of " + description().id() + ", which has " + String.join(", ", known));
            }
        }
        return null;
    }

    @Override
    public Encoding encode(List<String> texts, Wanted wanted) {
        Encodings encodings = encodings(texts.size());
        int room = Math.max(1, task.input().maxTokens() - special.count());
        for (int input = 0; input < texts.size(); input++) {
            String text = texts.get(input);
            List<Tokenizer.Token> tokens = tokenizer.tokens(text, false);
            if (wanted.truncate() && tokens.size() > room) {
                tokens = tokens.subList(0, room);
            }
            int[] ids = tokens.stream().mapToInt(Tokenizer.Token::id).toArray();
            TextUnits of = units.of(text, tokens);
            for (Window window : Window.over(ids.length, at -> 1, room, room, room / OVERLAP)) {
                encodings.add(
                        special.around(ids, window.from(), window.to()),
                        new Passage(input, of, window.from(), window.ownFrom(), window.ownTo()));
            }
            encodings.read(text);
        }
        return encodings.finish();
    }

    @Override
    public Admission extract(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public List<List<Entity>> entities(int texts, Wanted wanted, Encoding.Encoded encoded, List<Vector> outputs) {
        TokenLabels labels = new TokenLabels(
                task.labels(), wanted.aggregation() == null ? Aggregation.SIMPLE : wanted.aggregation());
        List<List<Entity>> found = new ArrayList<>(texts);
        int part = 0;
        for (int input = 0; input < texts; input++) {
            List<float[]> scores = new ArrayList<>();
            TextUnits of = encoded.passages().get(part).units();
            for (; part < outputs.size() && encoded.passages().get(part).input() == input; part++) {
                scores(encoded.passages().get(part), outputs.get(part), scores);
            }
            found.add(labels.entities(of, scores).stream()
                    .filter(entity -> isWanted(entity, wanted))
                    .toList());
        }
        return found;
    }

    private void scores(Passage passage, Vector numbers, List<float[]> scores) {
        int width = task.labels().size();
        for (int unit = passage.ownFrom(); unit < passage.ownTo(); unit++) {
            int token = special.before().size() + unit - passage.from();
            scores.add(Activation.SOFTMAX.apply(
                    Vector.part(numbers.values(), token * width, width).values()));
        }
    }

    private static boolean isWanted(Entity entity, Wanted wanted) {
        String label = entity.label();
        boolean named = wanted.labels().contains(label) || wanted.labels().contains(TokenLabels.kind(label));
        Set<String> ignored = wanted.ignored() == null ? Set.of(TokenLabels.OUTSIDE) : wanted.ignored();
        return (wanted.labels().isEmpty() ? !ignored.contains(label) : named)
                && (wanted.threshold() == null || entity.score() >= wanted.threshold());
    }
}
