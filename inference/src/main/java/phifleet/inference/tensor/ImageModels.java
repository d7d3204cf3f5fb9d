package phifleet.inference.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;

/** Makes sure, by an example, that a model of tensors is one of images, and finds out what its outputs mean. */
public final class ImageModels {
    private static final int EXAMPLE_WIDTH = 320;
    private static final int EXAMPLE_HEIGHT = 240;
    private static final int CHANNELS = 3;

    private ImageModels() {}

    /**
     * The input that a model of the task has where its file does not say so: as many images as one likes, of the size that they get; of
     * any where images of two shapes get two sizes.
     *
     * @throws ModelException if the preprocessing cannot prepare an image
     */
    public static Signature.Value usualInput(Task.OfImages task) throws ModelException {
        Tensor wide = example(task.label(), task.preprocessing(), EXAMPLE_WIDTH, EXAMPLE_HEIGHT)
                .tensor();
        Tensor high = example(task.label(), task.preprocessing(), EXAMPLE_HEIGHT, EXAMPLE_WIDTH)
                .tensor();
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < wide.shape().size(); axis++) {
            long size = wide.shape().get(axis);
            shape.add(axis == 0 || size != high.shape().get(axis) ? -1 : size);
        }
        return new Signature.Value("image", wide.type(), shape);
    }

    /**
     * Runs a black image through the model, on the calling thread.
     *
     * @throws ModelException if the model does not take what the preprocessing gives, or its outputs are not the task's
     */
    public static ImageModel of(TensorModel served, Task.OfImages task, Model<TensorSet, TensorSet> model)
            throws ModelException {
        String id = served.description().id();
        ImageInputs inputs = ImageInputs.of(served.signature().inputs())
                .orElseThrow(() -> new ModelException(id + ": a " + task.label()
                        + " takes an image, and perhaps a mask of its pixels; this model takes "
                        + served.signature().inputs()));
        Preprocessing preprocessing = fitting(id, task.preprocessing(), inputs.image());
        Prepared prepared = example(id, preprocessing, EXAMPLE_WIDTH, EXAMPLE_HEIGHT);
        TensorSet given = inputs.tensors(prepared);
        for (Signature.Value input : served.signature().inputs()) {
            Tensor tensor = Objects.requireNonNull(given.get(input.name()));
            if (!input.accepts(tensor.shape()) || input.type() != tensor.type()) {
                throw new ModelException(id + ": preprocess gives " + tensor + ", and the model's input " + input.name()
                        + " is " + input.type() + " " + input.shape());
            }
        }
        if (preprocessing.resize() instanceof Resize.Padded && inputs.masksAll(prepared.placement())) {
            throw new ModelException(id + ": images are padded, and the mask of the model's inputs "
                    + served.signature().inputs() + " has not their size");
        }
        TensorSet found = model.run(List.of(given)).getFirst();
        Placement placement = inputs.placement(prepared);
        try {
            return new ImageModel(
                    served,
                    preprocessing,
                    ImageReading.of(task, found, placement.inputWidth(), placement.inputHeight()));
        } catch (ModelException e) {
            throw new ModelException(id + ": " + e.getMessage(), e);
        }
    }

    /** What a graph takes, with the sizes of images where it leaves them free: for examples that it can run. */
    public static Signature narrowed(String id, Signature signature, Task task) throws ModelException {
        Optional<ImageInputs> inputs = ImageInputs.of(signature.inputs());
        if (!(task instanceof Task.OfImages images) || inputs.isEmpty()) {
            return signature;
        }
        TensorSet usual = inputs.get()
                .tensors(example(
                        id, fitting(id, images.preprocessing(), inputs.get().image()), EXAMPLE_WIDTH, EXAMPLE_HEIGHT));
        List<Signature.Value> narrowed = new ArrayList<>();
        for (Signature.Value input : signature.inputs()) {
            narrowed.add(narrowed(
                    input, Objects.requireNonNull(usual.get(input.name())).shape()));
        }
        return new Signature(narrowed, signature.outputs());
    }

    /** The same of one input: what the usual shape has for each size that is free, but for the first. */
    static Signature.Value narrowed(Signature.Value input, List<Long> usual) {
        if (usual.size() != input.shape().size()) {
            return input;
        }
        List<Long> shape = new ArrayList<>(input.shape());
        for (int axis = 1; axis < shape.size(); axis++) {
            if (shape.get(axis) < 0) {
                shape.set(axis, usual.get(axis));
            }
        }
        return new Signature.Value(input.name(), input.type(), shape);
    }

    /** In the type, the layout and, where it is fixed, the size of the input, which leave no choice. */
    private static Preprocessing fitting(String id, Preprocessing said, Signature.Value input) throws ModelException {
        PixelFormat format = said.format();
        if (input.type() == ElementType.FP16 || input.type() == ElementType.UINT8) {
            format = format.with(input.type());
        }
        List<Long> shape = input.shape();
        if (shape.size() == 4 && shape.get(3) == CHANNELS && shape.get(1) != CHANNELS) {
            format = format.with(PixelFormat.Layout.NHWC);
        }
        Preprocessing fitting = said.with(format);
        int rows = format.layout() == PixelFormat.Layout.NCHW ? 2 : 1;
        boolean fixed = shape.size() == 4 && shape.get(rows) > 0 && shape.get(rows + 1) > 0;
        if (!fixed
                || said.crop().isPresent()
                || !said.resize().varies()
                || said.resize().most().isEmpty()) {
            return fitting;
        }
        try {
            return fitting.with(new Resize.Padded(
                    said.resize(), Math.toIntExact(shape.get(rows + 1)), Math.toIntExact(shape.get(rows))));
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    id + ": " + e.getMessage() + ", which the model's input " + input.name() + " is fixed to: export it"
                            + " with height and width free, or set preprocess: to a size that fits",
                    e);
        }
    }

    private static Prepared example(String id, Preprocessing preprocessing, int width, int height)
            throws ModelException {
        Image black = new Image(width, height, new byte[CHANNELS * width * height]);
        try {
            return ImagePreparation.prepare(preprocessing, black);
        } catch (ImageException e) {
            throw new ModelException(id + ": preprocess cannot prepare an image: " + e.getMessage(), e);
        }
    }
}
