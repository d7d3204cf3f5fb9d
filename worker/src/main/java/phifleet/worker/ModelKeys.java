package phifleet.worker;

import java.util.List;

/** Every key that an entry of {@code models} may have, whatever its model does. */
final class ModelKeys {
    static final List<String> ALL = List.of(
            // Which model.
            "id",
            "path",
            "hub",
            "embedded",
            "aliases",
            "task",
            // When it is there.
            "load",
            "resident",
            "pin",
            "idle-unload",
            "min-copies",
            "max-copies",
            // How it is run.
            "engine",
            "device",
            "precision",
            "weights",
            "golden",
            "calibration",
            // How it shares its device.
            "weight",
            "batch-size",
            "batch-timeout-ms",
            "batch-tokens",
            "instances",
            "warmup",
            // Of texts.
            "tokenizer",
            "pooling",
            "output",
            "normalize",
            "max-tokens",
            "overflow",
            "pad-id",
            "prompts",
            "default-prompt",
            "packing",
            "activation",
            "instruction",
            // Of images.
            "labels",
            "preprocess",
            "head",
            // Of both.
            "logit-scale",
            "logit-bias",
            // Of TorchScript.
            "inputs",
            "outputs");

    private ModelKeys() {}
}
