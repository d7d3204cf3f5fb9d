package phifleet.inference.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;

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
        Tensor wide = example(task.label(), task.preprocessing(), EXAMPLE_WIDTH, EXAMPLE_HEIGHT);
        Tensor high = example(task.label(), task.preprocessing(), EXAMPLE_HEIGHT, EXAMPLE_WIDTH);
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
        List<Signature.Value> inputs = served.signature().inputs();
        if (inputs.size() != 1) {
            throw new ModelException(
                    id + ": a " + task.label() + " has one input, and this model has " + inputs.size());
        }
        Signature.Value input = inputs.getFirst();
        Preprocessing preprocessing = fitting(task.preprocessing(), input);
        Tensor tensor = example(id, preprocessing, EXAMPLE_WIDTH, EXAMPLE_HEIGHT);
        if (!input.accepts(tensor.shape()) || input.type() != tensor.type()) {
            throw new ModelException(id + ": preprocess gives " + tensor + ", and the model's input " + input.name()
                    + " is " + input.type() + " " + input.shape());
        }
        TensorSet found =
                model.run(List.of(new TensorSet(Map.of(input.name(), tensor)))).getFirst();
        boolean planes = preprocessing.format().layout() == PixelFormat.Layout.NCHW;
        int height = Math.toIntExact(tensor.shape().get(planes ? 2 : 1));
        int width = Math.toIntExact(tensor.shape().get(planes ? 3 : 2));
        try {
            return new ImageModel(served, preprocessing, ImageReading.of(task, found, width, height));
        } catch (ModelException e) {
            throw new ModelException(id + ": " + e.getMessage(), e);
        }
    }

    /** What a graph takes, with the sizes of images where it leaves them free: for examples that it can run. */
    public static Signature narrowed(String id, Signature signature, Task task) throws ModelException {
        if (!(task instanceof Task.OfImages images) || signature.inputs().size() != 1) {
            return signature;
        }
        Signature.Value input = signature.inputs().getFirst();
        List<Long> usual = example(id, fitting(images.preprocessing(), input), EXAMPLE_WIDTH, EXAMPLE_HEIGHT)
                .shape();
        if (usual.size() != input.shape().size()) {
            return signature;
        }
        List<Long> shape = new ArrayList<>(input.shape());
        for (int axis = 1; axis < shape.size(); axis++) {
            if (shape.get(axis) < 0) {
                shape.set(axis, usual.get(axis));
            }
        }
        return new Signature(List.of(new Signature.Value(input.name(), input.type(), shape)), signature.outputs());
    }

    /** In the type and layout of the input, which leave no choice. */
    private static Preprocessing fitting(Preprocessing said, Signature.Value input) {
        PixelFormat format = said.format();
        if (input.type() == ElementType.FP16 || input.type() == ElementType.UINT8) {
            format = format.with(input.type());
        }
        List<Long> shape = input.shape();
        if (shape.size() == 4 && shape.get(3) == CHANNELS && shape.get(1) != CHANNELS) {
            format = format.with(PixelFormat.Layout.NHWC);
        }
        return said.with(format);
    }

    private static Tensor example(String id, Preprocessing preprocessing, int width, int height) throws ModelException {
        Image black = new Image(width, height, new byte[CHANNELS * width * height]);
        try {
            return ImagePreparation.prepare(preprocessing, black).tensor();
        } catch (ImageException e) {
            throw new ModelException(id + ": preprocess cannot prepare an image: " + e.getMessage(), e);
        }
    }
}
