package phifleet.worker.model;

/** The engines that can run a model. */
public enum EngineKind {
    /** ONNX graphs. */
    ONNXRUNTIME,
    /** TorchScript archives; needs the build's pytorch profile. */
    PYTORCH
}
