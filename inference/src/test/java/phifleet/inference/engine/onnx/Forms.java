package phifleet.inference.engine.onnx;

import java.nio.file.Path;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** An encoder in any of its forms on any provider, for measuring which pays where. */
public final class Forms {
    private Forms() {}

    /**
     * Loads one.
     *
     * @param rewritten whether the graph is taken as it is made for a CPU: optimised beforehand, with attention as one operator,
     *     and packed where the specification says so
     */
    public static OnnxSentenceModel load(ModelSpec spec, Path cache, Provider provider, boolean rewritten)
            throws ModelException {
        return OnnxSentenceModel.load(spec, cache, provider, rewritten);
    }
}
