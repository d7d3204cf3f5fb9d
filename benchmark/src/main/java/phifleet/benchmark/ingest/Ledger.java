package phifleet.benchmark.ingest;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file to which lines are added while a run lasts, each at once; none where no file is set. Thread-safe. */
final class Ledger implements AutoCloseable {
    private final @Nullable Writer out;

    private Ledger(@Nullable Writer out) {
        this.out = out;
    }

    /** @param file null to forget all lines */
    static Ledger append(@Nullable Path file) throws IOException {
        if (file == null) {
            return new Ledger(null);
        }
        boolean cut = Files.exists(file) && !Files.readString(file).matches("(?s)|.*\n");
        Writer out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (cut) {
            out.write('\n');
        }
        return new Ledger(out);
    }

    /** What earlier runs added: whole lines, since the last may have been cut by a kill. */
    static Set<String> read(@Nullable Path file) throws IOException {
        if (file == null || !Files.exists(file)) {
            return Set.of();
        }
        String text = Files.readString(file);
        return new HashSet<>(
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }

    synchronized void add(List<String> lines) throws IOException {
        if (out != null) {
            for (String line : lines) {
                out.write(line);
                out.write('\n');
            }
            out.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
