package phifleet.worker.http.image;

import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.endpoint.WorkPool;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.TensorShape;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.state.ModelProblems;

/**
 * From files of images to what models take, the same for every room. Thread-safe.
 *
 * @param reduce whether an image is decoded with no more detail than a model needs
 * @param decoding where that is to be done: small as files, images take their time
 * @param pool reads the outputs, which takes too long for an event loop
 */
public record ImageWork(ImageDecoder decoder, boolean reduce, WorkPool decoding, WorkPool pool) {

    /** What became of the images of a request. */
    public sealed interface Inputs {
        /** All of them, in their order. */
        record Ready(List<TensorSet> tensors) implements Inputs {
            public Ready {
                tensors = List.copyOf(tensors);
            }
        }

        /** One of them is none, or all together are more than the model takes. */
        record Refused(Problem problem) implements Inputs {}
    }

    /** Decodes on the calling thread, which waits where others have the memory for it. */
    public ImageModel.Given prepare(ImageModel model, byte[] file) throws ImageException {
        return decoder.decode(
                file, reduce ? ImagePreparation.detail(List.of(model.preprocessing())) : Detail.ALL, model::prepare);
    }

    /**
     * The same for several, one after the other: stops at the first that is none, and as soon as there are more pixels than the model's
     * lane ever takes.
     *
     * @param field what the inputs are called in the request
     */
    public Inputs inputs(ImageModel model, List<ImageFile> files, String field) {
        TensorShape shape = new TensorShape(model.description().task().unit());
        LaneState lane = model.lane();
        List<TensorSet> tensors = new ArrayList<>();
        long units = 0;
        for (ImageFile file : files) {
            try {
                TensorSet tensor = prepare(model, file.bytes()).tensors();
                tensors.add(tensor);
                units += shape.units(tensor);
            } catch (ImageException e) {
                tensors.forEach(TensorSet::release);
                return new Inputs.Refused(ImageProblems.of(e, file.path()));
            }
            if (units > lane.limitUnits()) {
                tensors.forEach(TensorSet::release);
                // As much as all of them would be, at least.
                return new Inputs.Refused(
                        ModelProblems.tooLarge(new Admission.TooLarge(lane.unit(), units, lane.limitUnits()), field));
            }
        }
        return new Inputs.Ready(tensors);
    }
}
