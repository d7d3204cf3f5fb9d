package phifleet.benchmark.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A trace as it was: how many requests came in each second, out of a log in text as gateways and workers write it. */
final class RecordedTrace {
    /** As {@code 17:26:53.204 INFO  access POST /embed 424 105.7 ms request=...}. What only asks how things are is no work. */
    private static final Pattern LINE =
            Pattern.compile("^(\\d{2}:\\d{2}:\\d{2})\\S* +\\w+ +access POST (\\S+) \\d{3} .*");

    private static final int DAY_SECONDS = 86_400;

    private RecordedTrace() {}

    /**
     * Reads a log; a clock that goes back is taken for the next day's.
     *
     * @param cost what each request is taken to cost
     * @throws IOException if it cannot be read, or has no line of a request
     */
    static Trace read(Path file, CostCurve cost) throws IOException {
        List<Integer> perSecond = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            long[] clock = {-1, 0, 0};
            lines.forEach(line -> {
                Matcher request = LINE.matcher(line);
                if (request.matches()) {
                    add(perSecond, clock, LocalTime.parse(request.group(1)).toSecondOfDay());
                }
            });
        }
        if (perSecond.isEmpty()) {
            throw new IOException(file + " has no line such as: 17:26:53.204 INFO  access POST /embed 200 10.5 ms");
        }
        return new Trace(
                String.valueOf(file.getFileName()),
                at -> at < perSecond.size() ? perSecond.get((int) at) / cost.most() : 0,
                perSecond.size());
    }

    /** @param clock the first second of the log, the last one of the day, and the days that have passed */
    private static void add(List<Integer> perSecond, long[] clock, int second) {
        if (clock[0] < 0) {
            clock[0] = second;
        } else if (second < clock[1] - DAY_SECONDS / 2) {
            clock[2]++;
        }
        clock[1] = second;
        int index = (int) (clock[2] * DAY_SECONDS + second - clock[0]);
        while (perSecond.size() <= index) {
            perSecond.add(0);
        }
        if (index >= 0) {
            perSecond.set(index, perSecond.get(index) + 1);
        }
    }
}
