package phifleet.inference.hub;

import java.nio.file.Path;
import phifleet.inference.model.ModelException;

/** Weights that are Python programs: they are refused, and how to make safetensors of them is said. */
final class Pickles {
    static final String USUAL = "pytorch_model.bin";

    private Pickles() {}

    /** Of a model on the Hub. */
    static ModelException notFetched(Path file) {
        return new ModelException(
                file + " is a pickle, which runs as a program when it is read, so it is not fetched; no"
                        + " safetensors and no ONNX graph are there in its place");
    }

    static ModelException refused(Path file) {
        String to = file.resolveSibling("model.safetensors").toString();
        return new ModelException(file
                + " is a pickle, which runs as a program when it is read; convert it where you trust it:"
                + " python3 -c \"import torch; from safetensors.torch import save_file; save_file({k: v.contiguous().clone()"
                + " for k, v in torch.load('" + file + "', map_location='cpu', weights_only=True).items()}, '" + to
                + "', {'format': 'pt'})\"");
    }
}
