package phifleet.inference.model;

/** The engines that can run a model. */
public enum EngineKind {
    /** ONNX graphs. */
    ONNXRUNTIME,
    /** TorchScript archives; the worker must be built with the profile pytorch. */
    PYTORCH
}
