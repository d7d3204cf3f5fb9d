package phifleet.equations.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;

/**
 * Time of one equation on one core, warm: CPU time of the thread that asks, so that other work on the machine does not
 * count; for each equation the median of some rounds.
 */
final class SpeedBench {
    private static final int WARM_ROUNDS = 6;
    private static final int ROUNDS = 5;
    /** From here on an equation is listed. */
    private static final long SLOW_NANOS = 3_000_000;

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
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[][] nanos = new long[requests.size()][ROUNDS];
        long longest = 0;
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < nanos.length; i++) {
                long start = threads.getCurrentThreadCpuTime();
                Validator.standard().validate(requests.get(i));
                if (round >= 0) {
                    nanos[i][round] = threads.getCurrentThreadCpuTime() - start;
                    longest = Math.max(longest, nanos[i][round]);
                }
            }
        }
        long[] typical = new long[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            Arrays.sort(nanos[i]);
            typical[i] = nanos[i][ROUNDS / 2];
            if (typical[i] > SLOW_NANOS) {
                table.detail(
                        "slow, " + typical[i] / 1000 + " µs: " + requests.get(i).equation());
            }
        }
        Arrays.sort(typical);
        table.figure("speed: median", typical[typical.length / 2] / 1e6, "ms", 0.3);
        table.figure("speed: 99 %", typical[(int) (typical.length * 0.99)] / 1e6, "ms", 5);
        table.figure("speed: longest of all runs", longest / 1e6, "ms", ValidationRequest.DEFAULT_TIMEOUT_MS);
    }
}
