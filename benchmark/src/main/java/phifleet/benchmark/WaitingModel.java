package phifleet.benchmark;

/** The model that only waits, which stands for a device where a fleet has fewer cores than workers. */
public final class WaitingModel {
    /** Asks it once. Every worker has it by this name, whatever it is. */
    public static final Call REQUEST = Call.postJson(
            "infer",
            "/v2/models/all-minilm-l6-v2/infer",
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
            AnswerCheck.anything());

    private WaitingModel() {}
}
