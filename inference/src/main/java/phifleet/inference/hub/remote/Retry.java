package phifleet.inference.hub.remote;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Tries again what a network may do better next time.
 *
 * @param pauses between one try and the next, so there is one more try than these
 */
record Retry(Pauses pauses, int tries) {
    /** Waits; tests do not. */
    @FunctionalInterface
    interface Pauses {
        void sleep(Duration time) throws InterruptedException;
    }

    /** What may fail. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException, HubException;
    }

    <T> T call(String what, Call<T> call) throws HubException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return call.run();
            } catch (IOException e) {
                afterFailure(what, failures, e);
            }
        }
    }

    /**
     * Waits before the next try.
     *
     * @param failures how often it has failed in a row, 1 or more
     * @throws HubException if that was the last
     */
    void afterFailure(String what, int failures, IOException reason) throws HubException, InterruptedException {
        if (failures >= tries) {
            boolean servers = reason instanceof HubAnswers.PassingTrouble;
            throw new HubException(
                    servers ? HubException.Reason.SERVER : HubException.Reason.NO_NETWORK,
                    what + " could not be had, tried " + failures + " times: " + told(reason),
                    reason);
        }
        pauses.sleep(Duration.ofMillis(500L << Math.min(failures - 1, 4)));
    }

    private static String told(IOException reason) {
        return switch (reason) {
            case UnknownHostException e -> "no address is known of " + e.getMessage();
            case SocketTimeoutException e -> "no answer in time";
            case HubAnswers.PassingTrouble e -> String.valueOf(e.getMessage());
            default -> reason.getMessage() == null ? reason.toString() : reason.getMessage();
        };
    }
}
