package phifleet.inference.tensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.onnx.OnnxMetadata;
import phifleet.inference.vision.ocr.Characters;

/** Makes sure, by an example, that a model of tensors does its part of reading the text in images. */
public final class OcrModels {
    /** Under which graphs of PaddleOCR's, as RapidOCR exports them, have their characters. */
    private static final String CHARACTERS = "character";

    private OcrModels() {}

    /** What a graph takes, with the sizes where it leaves them free: for examples that it can run. */
    public static Signature narrowed(String id, Signature signature, OcrPart part) throws ModelException {
        if (signature.inputs().size() != 1 || signature.outputs().size() != 1) {
            throw new ModelException(id + ": a " + part.label() + " has one input and one output; this one takes "
                    + signature.inputs() + " and gives " + signature.outputs());
        }
        Signature.Value input = signature.inputs().getFirst();
        List<Long> usual = part.exampleShape();
        if (input.type() != ElementType.FP32 || input.shape().size() != usual.size()) {
            throw new ModelException(id + ": a " + part.label() + " takes " + ElementType.FP32
                    + " images of three channels; this one's input is " + input);
        }
        Signature.Value narrowed = ImageModels.narrowed(input, usual);
        if (!narrowed.accepts(usual) || isFixed(input, part)) {
            throw new ModelException(id + ": a " + part.label() + " takes images of " + usual
                    + (part == OcrPart.DIRECTION ? "" : " and of other sizes") + "; this one's input is " + input);
        }
        return new Signature(List.of(narrowed), signature.outputs());
    }

    /** Whether it takes images of one size, and must take others. */
    private static boolean isFixed(Signature.Value input, OcrPart part) {
        return switch (part) {
            case DETECTION -> input.shape().get(2) >= 0 || input.shape().get(3) >= 0;
            case DIRECTION -> false;
            case RECOGNITION -> input.shape().get(3) >= 0;
        };
    }

    /**
     * Runs an example through the model, on the calling thread.
     *
     * @throws ModelException if its answer is not its part's, or what it reads has other characters than its file says
     */
    public static OcrModel of(TensorModel served, OcrPart part, ModelSource source, Model<TensorSet, TensorSet> model)
            throws ModelException {
        String id = served.description().id();
        Characters characters = part == OcrPart.RECOGNITION ? characters(id, source) : new Characters(List.of());
        OcrModel reading = new OcrModel(served, part, characters);
        List<Long> shape = part.exampleShape();
        Tensor black = Tensor.of(ElementType.FP32, shape, Tensor.allocate(ElementType.FP32, shape));
        Tensor found = OcrModel.found(model.run(List.of(reading.given(black))).getFirst());
        List<Long> wanted = new ArrayList<>(
                switch (part) {
                    case DETECTION -> List.of(1L, 1L, shape.get(2), shape.get(3));
                    case DIRECTION -> List.of(1L, 2L);
                    case RECOGNITION -> List.of(1L, -1L, (long) characters.classes());
                });
        Signature.Value output = new Signature.Value("output", ElementType.FP32, wanted);
        if (found.type() != output.type() || !output.accepts(found.shape())) {
            throw new ModelException(id + ": a " + part.label() + " gives " + wanted + " for an image of " + shape
                    + "; this one gives " + found);
        }
        return reading;
    }

    private static Characters characters(String id, ModelSource source) throws ModelException {
        if (!(source instanceof ModelSource.Graph(var file))) {
            throw new ModelException(id + ": a text-recognizer is an ONNX graph, whose metadata have its characters");
        }
        try {
            return Characters.of(OnnxMetadata.find(file, CHARACTERS)
                    .orElseThrow(() -> new ModelException(id + ": " + file + " has no metadata `" + CHARACTERS
                            + "`, in which the characters are that it tells apart")));
        } catch (IOException e) {
            throw new ModelException(id + ": " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
