package phifleet.inference.engine.pytorch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PyTorch's errors in one line: it sends the script's trace and its own C++ frames along. */
final class TorchErrors {
    private static final Pattern RAISED = Pattern.compile("(?m)^(?:\\w+Error|[\\w.]*Exception): (.+)$");

    private TorchErrors() {}

    static String reason(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        String last = null;
        Matcher raised = RAISED.matcher(message);
        while (raised.find()) {
            last = raised.group(1);
        }
        if (last == null) {
            last = message.lines().findFirst().orElse("");
        }
        return last.isBlank() ? cause.toString() : last.strip();
    }
}
