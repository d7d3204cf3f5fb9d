package phifleet.http;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code grpc-timeout}: up to eight digits and a unit, from the arrival of the call. */
final class GrpcTimeout {
    static final String HEADER = "grpc-timeout";

    /** The form, in the words of its specification. */
    static final String FORM = "1 to 8 digits and one of H, M, S, m, u, n";

    private static final int MOST_DIGITS = 8;

    private GrpcTimeout() {}

    /** The time that a value says; empty for what is none. */
    static Optional<Duration> read(String text) {
        int digits = text.length() - 1;
        if (digits < 1
                || digits > MOST_DIGITS
                || !text.chars().limit(digits).allMatch(unit -> unit >= '0' && unit <= '9')) {
            return Optional.empty();
        }
        ChronoUnit unit = switch (text.charAt(digits)) {
            case 'H' -> ChronoUnit.HOURS;
            case 'M' -> ChronoUnit.MINUTES;
            case 'S' -> ChronoUnit.SECONDS;
            case 'm' -> ChronoUnit.MILLIS;
            case 'u' -> ChronoUnit.MICROS;
            case 'n' -> ChronoUnit.NANOS;
            default -> null;
        };
        return Optional.ofNullable(unit).map(known -> Duration.of(Integer.parseInt(text, 0, digits, 10), known));
    }
}
