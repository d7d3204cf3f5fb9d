package phifleet.equations.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table file of the class path: UTF-8, one row a line, cells split by {@code |} and stripped, lines that
 * start with {@code #} and blank lines skipped.
 */
public final class ResourceRows {
    private ResourceRows() {}

    /**
     * Reads a table beside a class.
     *
     * @throws IllegalStateException where the file is missing or a row has another number of cells
     */
    public static List<List<String>> of(Class<?> owner, String file, int cells) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("table " + file + " is missing beside " + owner.getName());
            }
            List<List<String>> rows = new ArrayList<>();
            int number = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                List<String> row = new ArrayList<>();
                for (String cell : line.split("\\|", -1)) {
                    row.add(cell.strip());
                }
                if (row.size() != cells) {
                    throw new IllegalStateException(
                            file + ":" + number + ": " + row.size() + " cells where " + cells + " are expected");
                }
                rows.add(List.copyOf(row));
            }
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read table " + file, e);
        }
    }
}
