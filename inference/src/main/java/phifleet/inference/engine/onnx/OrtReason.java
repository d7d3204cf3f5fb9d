package phifleet.inference.engine.onnx;

import java.util.regex.Pattern;

/** What ONNX Runtime says of a failure, without what only its makers can read: the code's name, places in its source, the conditions there. */
final class OrtReason {
    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");

    private static final Pattern PLACE = Pattern.compile("(?:\\S*/)?[\\w.]+\\.(?:cc|h|hpp|cpp|cu|cuh):\\d+ (?:"
            // void onnxruntime::Broadcaster::Init(int, int) axis == 1 was false.
            + ".*? was false\\. ?"
            // void onnxruntime::Broadcaster::Init(int) const [with T = float]
            + "|[^()]*::[^()]*\\([^)]*\\)(?: const)?(?: \\[with [^]]*])? ?"
            // Compute
            + "|\\w+ )");

    private OrtReason() {}

    /** @param message in one line */
    static String of(String message) {
        return PLACE.matcher(CODE.matcher(message).replaceFirst("")).replaceAll("");
    }
}
