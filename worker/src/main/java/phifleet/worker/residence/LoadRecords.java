package phifleet.worker.residence;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What loads took, as a file keeps it from one start to the next. Of two workers that write at the same moment one may lose its line,
 * which its next load brings back.
 */
record LoadRecords(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadRecords.class);

    /**
     * One model's.
     *
     * @param fileBytes the length of its weights then: another length is another model
     */
    record Line(long bytes, Duration time, long fileBytes) {
        private String text() {
            return bytes + " " + time.toMillis() + " " + fileBytes;
        }
    }

    /** By id; what cannot be read is not there. */
    Map<String, Line> read() {
        Map<String, Line> lines = new HashMap<>();
        properties().forEach((id, value) -> {
            String[] numbers = String.valueOf(value).split(" ", -1);
            try {
                lines.put(
                        String.valueOf(id),
                        new Line(
                                Long.parseLong(numbers[0]),
                                Duration.ofMillis(Long.parseLong(numbers[1])),
                                Long.parseLong(numbers[2])));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                LOG.info("{} does not say what the load of {} took", file, id);
            }
        });
        return lines;
    }

    private Properties properties() {
        Properties known = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                known.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.info("{} cannot be read, and is made anew: {}", file, e.toString());
            }
        }
        return known;
    }

    void write(String id, Line line) {
        Properties known = properties();
        known.setProperty(id, line.text());
        try {
            Files.createDirectories(file.resolveSibling(""));
            Path work = Files.createTempFile(file.resolveSibling(""), "loads", "");
            try (Writer out = Files.newBufferedWriter(work)) {
                known.store(out, null);
            }
            Files.move(work, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.info("{} cannot be kept, so the next start does not know what loads take: {}", file, e.toString());
        }
    }
}
