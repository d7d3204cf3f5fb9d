package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.List;
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
import phifleet.inference.text.TextUnits;
import phifleet.inference.text.Window;

/** Entities with labels of the caller's, by the scores of spans, whose numbers come from a lane. */
public final class LaneSpanExtractor extends LaneModel<Vector> implements EntityExtractor {
    /** More than a model tells apart; the numbers of a text grow with them. */
    private static final int MOST_LABELS = 100;

    /** GLiNER's own. */
    private static final float USUAL_THRESHOLD = 0.5f;

    private final Task.SpanExtraction task;
    private final SpanPrompt prompt;

    /** @param statistics what observes the lane */
    public LaneSpanExtractor(
            ModelDescription description,
            Task.SpanExtraction task,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.prompt = new SpanPrompt(tokenizer, task);
    }

    /**
     * A sequence to measure the network with.
     *
     * @param length its tokens, no fewer than a label and a word have
     */
    public static TokenSequence example(Tokenizer tokenizer, Task.SpanExtraction task, int length) {
        SpanPrompt prompt = new SpanPrompt(tokenizer, task);
        int[] word = {tokenizer.encode("a", false).id(0)};
        List<int[]> labels = List.of(word);
        List<int[]> words = new ArrayList<>();
        do {
            words.add(word);
        } while (prompt.length(labels) + words.size() < length && words.size() < task.maxWords());
        return prompt.sequence(labels, words, 1);
    }

    @Override
    public Task.SpanExtraction task() {
        return task;
    }

    @Override
    public @Nullable Unfit unfit(Wanted wanted) {
        String id = description().id();
        if (wanted.aggregation() != null) {
            return new Unfit("aggregation", -1, "is for models that label tokens, and " + id + " scores spans");
        }
        if (wanted.labels().isEmpty()) {
            return new Unfit("labels", -1, "is needed: " + id + " has no labels of its own");
        }
        if (wanted.labels().size() > MOST_LABELS) {
            return new Unfit(
                    "labels",
                    -1,
                    "has " + wanted.labels().size() + " entries, at most " + MOST_LABELS + " are taken by " + id);
        }
        List<int[]> labels = labels(wanted);
        for (int i = 0; i < labels.size(); i++) {
            if (prompt.isBroken(labels.get(i))) {
                return new Unfit(
                        "labels", i, "may not have " + task.labelToken() + " or " + task.textToken() + " in it");
            }
        }
        int length = prompt.length(labels);
        int most = task.input().maxTokens() / 2;
        return length <= most
                ? null
                : new Unfit("labels", -1, "has " + length + " tokens, at most " + most + " are taken by " + id);
    }

    private List<int[]> labels(Wanted wanted) {
        return wanted.labels().stream().map(prompt::tokens).toList();
    }

    @Override
    public Encoding encode(List<String> texts, Wanted wanted) {
        Encodings encodings = encodings(texts.size());
        List<int[]> labels = labels(wanted);
        int room = task.input().maxTokens() - prompt.length(labels);
        for (int input = 0; input < texts.size(); input++) {
            String text = texts.get(input);
            encodings.read(text);
            List<WordSplitter.Word> words = WordSplitter.words(text);
            if (words.isEmpty()) {
                continue;
            }
            List<int[]> tokens = words.stream()
                    .limit(wanted.truncate() ? task.maxWords() : Long.MAX_VALUE)
                    .map(word -> prompt.tokens(word.text()))
                    .toList();
            TextUnits units = units(text, words);
            // So that each span lies whole in the window that answers for its first word.
            int overlap = 2 * task.maxWidth();
            List<Window> windows =
                    Window.over(tokens.size(), at -> tokens.get(at).length, room, task.maxWords(), overlap);
            for (Window window : wanted.truncate() ? List.of(windows.getFirst().alone()) : windows) {
                encodings.add(
                        prompt.sequence(labels, tokens.subList(window.from(), window.to()), room),
                        new Passage(input, units, window.from(), window.ownFrom(), window.ownTo()));
            }
        }
        return encodings.finish();
    }

    private static TextUnits units(String text, List<WordSplitter.Word> words) {
        int[] starts = new int[words.size()];
        int[] stops = new int[words.size()];
        int read = 0;
        int points = 0;
        for (int i = 0; i < starts.length; i++) {
            WordSplitter.Word word = words.get(i);
            points += text.codePointCount(read, word.start());
            starts[i] = points;
            points += text.codePointCount(word.start(), word.stop());
            stops[i] = points;
            read = word.stop();
        }
        return new TextUnits(starts, stops, new boolean[starts.length]);
    }

    @Override
    public Admission extract(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public List<List<Entity>> entities(int texts, Wanted wanted, Encoding.Encoded encoded, List<Vector> outputs) {
        SpanChoice choice = new SpanChoice(Boolean.TRUE.equals(wanted.overlapping()), task.maxWidth());
        float threshold = wanted.threshold() == null ? USUAL_THRESHOLD : wanted.threshold();
        List<List<Entity>> found = new ArrayList<>(texts);
        int part = 0;
        for (int input = 0; input < texts; input++) {
            List<SpanChoice.Span> spans = new ArrayList<>();
            TextUnits units = null;
            for (; part < outputs.size() && encoded.passages().get(part).input() == input; part++) {
                units = encoded.passages().get(part).units();
                spans(
                        encoded.passages().get(part),
                        outputs.get(part),
                        wanted.labels().size(),
                        threshold,
                        spans);
            }
            TextUnits of = units;
            found.add(
                    of == null
                            ? List.of()
                            : choice.of(spans).stream()
                                    .map(span -> new Entity(
                                            wanted.labels().get(span.label()),
                                            span.score(),
                                            of.start(span.first()),
                                            of.stop(span.last())))
                                    .toList());
        }
        return found;
    }

    /** Of each span that a part answers for its best label, where that is good enough: a span is named once. */
    private void spans(Passage passage, Vector numbers, int labels, float threshold, List<SpanChoice.Span> spans) {
        int words = numbers.dimension() / (task.maxWidth() * labels);
        for (int first = passage.ownFrom(); first < passage.ownTo(); first++) {
            int row = first - passage.from();
            for (int more = 0; more < task.maxWidth() && row + more < words; more++) {
                int from = (row * task.maxWidth() + more) * labels;
                int best = 0;
                for (int label = 1; label < labels; label++) {
                    best = numbers.get(from + label) > numbers.get(from + best) ? label : best;
                }
                float score = Activation.SIGMOID.apply(new float[] {numbers.get(from + best)})[0];
                if (score > threshold) {
                    spans.add(new SpanChoice.Span(first, first + more, best, score));
                }
            }
        }
    }
}
