package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;

/** Time of one equation on one core, warm: the best of some rounds for each, so that other work on the machine counts little. */
final class SpeedBench {
    private static final int WARM_ROUNDS = 6;
    private static final int ROUNDS = 5;

    private SpeedBench() {}

    static void run(Rows rows, Table table) {
        List<ValidationRequest> requests = new ArrayList<>();
        rows.laws().forEach(law -> {
            requests.add(ValidationRequest.of(law.code()));
            requests.add(ValidationRequest.of(law.latex()));
        });
        rows.identities().forEach(row -> requests.add(ValidationRequest.of(row.lhs() + " = " + row.rhs())));
        if (requests.isEmpty()) {
            return;
        }
        long[] best = new long[requests.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        long longest = 0;
        for (int round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                long start = System.nanoTime();
                Validator.standard().validate(requests.get(i));
                long nanos = System.nanoTime() - start;
                if (round >= WARM_ROUNDS) {
                    best[i] = Math.min(best[i], nanos);
                    longest = Math.max(longest, nanos);
                }
            }
        }
        for (int i = 0; i < best.length; i++) {
            if (best[i] > 4_000_000) {
                table.detail(
                        "slow, " + best[i] / 1000 + " µs: " + requests.get(i).equation());
            }
        }
        Arrays.sort(best);
        table.figure("speed: median", best[best.length / 2] / 1e6, "ms", 0.3);
        table.figure("speed: 99 %", best[(int) (best.length * 0.99)] / 1e6, "ms", 5);
        table.figure("speed: longest of all runs", longest / 1e6, "ms", ValidationRequest.DEFAULT_TIMEOUT_MS);
    }
}
