package phifleet.worker;

import phifleet.inference.engine.Engines;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.serving.BatchMemory;
import phifleet.inference.serving.Devices;
import phifleet.inference.serving.LaneObservers;
import phifleet.inference.serving.LaneOptions;
import phifleet.inference.serving.LoadingNotice;
import phifleet.inference.serving.ResidentModel;
import phifleet.inference.serving.TextLoader;

/** Turns a specification into a model that serves: loaded, checked, measured and with its lane open. */
final class ModelLoader {
    private final TextLoader texts;
    private final TensorLoader tensors;

    /** @param keepsVectors whether what encoders of images make is put into an index */
    ModelLoader(
            Engines engines,
            LaneOptions options,
            BatchMemory memory,
            LaneObservers observers,
            Devices devices,
            boolean keepsVectors) {
        this.texts = new TextLoader(engines, options, memory, observers, devices);
        this.tensors = new TensorLoader(engines, options, memory, observers, devices, keepsVectors);
    }

    ResidentModel load(ModelSpec spec) throws ModelException {
        LoadingNotice notice = LoadingNotice.start(spec);
        try {
            return switch (spec.task()) {
                case Task.OfTexts task -> texts.load(spec, task);
                case Task.OfImages images -> tensors.load(spec);
                case Task.TextImageEncoding both -> new TextImageLoader(texts, tensors).load(spec, both);
                case Task.Ocr part -> tensors.load(spec);
                case Task.Tensors program -> tensors.load(spec);
            };
        } finally {
            notice.end();
        }
    }
}
