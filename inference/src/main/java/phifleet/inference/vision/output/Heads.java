package phifleet.inference.vision.output;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.inference.model.ModelException;

/**
 * Which {@link Head} a detector has: found by the shapes of its outputs, or set by name. Where shapes fit two heads, or none,
 * nothing is guessed.
 */
public final class Heads {
    /** What the setting {@code head} takes. */
    public static final List<String> NAMES =
            List.of("yolov8", "yolov5", "yolox", "ssd", "detr", "rt-detr", "end-to-end");

    private final Map<String, List<Long>> shapes;
    private final int labels;
    private final int inputWidth;
    private final int inputHeight;

    private Heads(Map<String, List<Long>> shapes, int labels, int inputWidth, int inputHeight) {
        this.shapes = shapes;
        this.labels = labels;
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
    }

    /**
     * The one head that fits.
     *
     * @param shapes of the outputs for one image by name, as they were once it ran: without a batch axis, or with one of 1
     * @param inputWidth of the input that they were for, in pixels
     * @param labels how many things the model knows; 0 where nobody said
     * @throws ModelException if several heads fit, or none; the message names the setting that decides
     */
    public static Head find(Map<String, List<Long>> shapes, int labels, int inputWidth, int inputHeight)
            throws ModelException {
        Heads heads = new Heads(shapes, labels, inputWidth, inputHeight);
        List<Head> fitting = heads.fitting();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        String what = heads.describe();
        if (fitting.isEmpty()) {
            throw new ModelException("no head that is known gives " + what + "; set `head` to one of " + NAMES
                    + ", or the task to tensors");
        }
        Set<String> names = fitting.stream().map(Head::label).collect(Collectors.toCollection(LinkedHashSet::new));
        throw new ModelException(what + " may be of these heads: " + names + "; set `head` to one of them");
    }

    /**
     * The head of that name.
     *
     * @param name one of {@link #NAMES}
     * @throws ModelException if there is no such head, or the shapes are not its
     */
    public static Head named(String name, Map<String, List<Long>> shapes, int labels, int inputWidth, int inputHeight)
            throws ModelException {
        Heads heads = new Heads(shapes, labels, inputWidth, inputHeight);
        Optional<Head> head = switch (name) {
            case "yolov8" -> heads.only().filter(heads::tellsApartLabels).map(Heads::yoloV8);
            case "yolov5" ->
                heads.only().filter(only -> heads.isClasses(only.columns, 5)).map(only -> new YoloV5Head(only.name));
            case "yolox" ->
                heads.only().filter(only -> heads.isClasses(only.columns, 5)).map(only -> new YoloxHead(only.name));
            case "ssd" -> heads.ssd();
            case "detr" -> heads.detr(true);
            case "rt-detr" -> heads.detr(false);
            case "end-to-end" -> heads.endToEnd();
            default -> throw new ModelException("head must be one of " + NAMES + ", not " + name);
        };
        return head.orElseThrow(() -> new ModelException("a head " + name + " does not give " + heads.describe()));
    }

    /** An output with two axes. */
    private record Named(String name, long rows, long columns) {}

    private List<Head> fitting() {
        if (shapes.size() == 1) {
            return only().map(this::fitting).orElse(List.of());
        }
        if (shapes.size() != 2) {
            return endToEnd().map(List::of).orElse(List.of());
        }
        List<Head> heads = new ArrayList<>();
        ssd().ifPresent(heads::add);
        if (heads.isEmpty()) {
            detr(true).ifPresent(heads::add);
            detr(false).ifPresent(heads::add);
        }
        return heads;
    }

    /** Whether the shorter axis of an output has a place for each label and the four of a box. */
    private boolean tellsApartLabels(Named only) {
        return isClasses(Math.min(only.rows, only.columns), 4);
    }

    /** Logits by their name, as Hugging Face's models call them. */
    private Optional<Head> detr(boolean nothing) {
        List<Named> logits = matrices().stream()
                .filter(matrix -> matrix.name.toLowerCase(Locale.ROOT).contains("logits"))
                .toList();
        List<Named> boxes = matrices().stream()
                .filter(matrix -> matrix.columns == 4 && isBox(matrix.name) && !logits.contains(matrix))
                .toList();
        if (logits.size() != 1 || boxes.size() != 1 || logits.getFirst().rows != boxes.getFirst().rows) {
            return Optional.empty();
        }
        long classes = logits.getFirst().columns;
        if (labels > 0 ? classes != labels + (nothing ? 1 : 0) : classes < (nothing ? 2 : 1)) {
            return Optional.empty();
        }
        return Optional.of(new DetrHead(boxes.getFirst().name, logits.getFirst().name, nothing));
    }

    private List<Head> fitting(Named only) {
        long cells = YoloxHead.cells(inputWidth, inputHeight);
        List<Head> heads = new ArrayList<>();
        boolean upright = only.columns == cells && isClasses(only.rows, 4);
        if (upright || (only.rows == cells && isClasses(only.columns, 4))) {
            heads.add(yoloV8(only));
        }
        if (only.rows == cells && isClasses(only.columns, 5)) {
            heads.add(new YoloxHead(only.name));
        }
        if (only.rows == 3 * cells && isClasses(only.columns, 5)) {
            heads.add(new YoloV5Head(only.name));
        }
        if (only.columns == EndToEndHead.COLUMNS) {
            heads.add(new EndToEndHead(only.name));
        }
        return heads;
    }

    private boolean isClasses(long size, int box) {
        return labels > 0 ? size == labels + box : size > box;
    }

    private static Head yoloV8(Named only) {
        // There are more boxes than there are classes.
        return new YoloV8Head(only.name, only.rows > only.columns);
    }

    private Optional<Head> ssd() {
        List<Named> matrices = matrices();
        if (shapes.size() != 2 || matrices.size() != 2) {
            return Optional.empty();
        }
        Named first = matrices.getFirst();
        Named second = matrices.getLast();
        boolean firstIsBoxes = first.columns == 4 && (second.columns != 4 || isBox(first.name));
        Named boxes = firstIsBoxes ? first : second;
        Named scores = firstIsBoxes ? second : first;
        // Logits and boxes by their centres: DETR and its kin, whose two outputs have the same shapes.
        boolean detr = scores.name.toLowerCase(Locale.ROOT).contains("logits");
        boolean sure = boxes.columns == 4 && (scores.columns != 4 || (isBox(boxes.name) && !isBox(scores.name)));
        if (detr || !sure || boxes.rows != scores.rows) {
            return Optional.empty();
        }
        if (labels > 0 && scores.columns != labels && scores.columns != labels + 1) {
            return Optional.empty();
        }
        boolean background = labels > 0 && scores.columns == labels + 1;
        return Optional.of(new SsdHead(boxes.name, scores.name, background));
    }

    private Optional<Head> endToEnd() {
        if (shapes.size() == 1) {
            return only().filter(only -> only.columns == EndToEndHead.COLUMNS).map(only -> new EndToEndHead(only.name));
        }
        List<Named> boxes =
                matrices().stream().filter(matrix -> matrix.columns == 4).toList();
        Optional<String> classes = vector("label", "class");
        Optional<String> scores = vector("score", "conf");
        if (shapes.size() != 3 || boxes.size() != 1 || classes.isEmpty() || scores.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BoxesLabelsScoresHead(boxes.getFirst().name, classes.get(), scores.get()));
    }

    private static boolean isBox(String name) {
        return name.toLowerCase(Locale.ROOT).contains("box");
    }

    private Optional<Named> only() {
        return shapes.size() == 1 ? matrices().stream().findFirst() : Optional.empty();
    }

    private List<Named> matrices() {
        List<Named> matrices = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            List<Long> axes = Matrix.ofOneImage(shape, 2);
            if (axes.size() == 2) {
                matrices.add(new Named(name, axes.get(0), axes.get(1)));
            }
        });
        return matrices;
    }

    private Optional<String> vector(String... words) {
        return shapes.entrySet().stream()
                .filter(output -> Matrix.ofOneImage(output.getValue(), 1).size() == 1)
                .map(Map.Entry::getKey)
                .filter(name -> List.of(words).stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains))
                .findFirst();
    }

    private String describe() {
        return "outputs " + shapes + " for " + (labels > 0 ? labels + " labels" : "an unknown number of labels")
                + " and an input of " + inputWidth + " x " + inputHeight;
    }
}
