package phifleet.equations.topology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.budget.Budget;

/**
 * Which term holds which symbol: a 0/1 matrix, kept by rows (terms) and by columns (symbols).
 *
 * <p>Its rows span the Dowker complex on symbols, its columns the dual complex on terms; the two have the same homotopy type (C. H.
 * Dowker, "Homology groups of relations", Ann. of Math. 56, 1952). A row that lies within another row adds no face, and a column that lies
 * within another column is a dominated vertex, whose removal is a strong collapse (J. A. Barmak and E. G. Minian, "Strong homotopy types,
 * nerves and collapses", 2012). Dropping both until none is left gives the core, which is a handful of rows for real equations however
 * long their terms are.
 */
final class Incidence {
    private final List<BitSet> rows;
    private final List<BitSet> columns;

    private Incidence(List<BitSet> rows, List<BitSet> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Terms without symbols span nothing and are left out. */
    static Incidence of(Collection<? extends Collection<String>> terms) {
        Map<String, Integer> index = new HashMap<>();
        List<BitSet> rows = new ArrayList<>();
        for (Collection<String> term : terms) {
            BitSet row = new BitSet();
            for (String symbol : term) {
                row.set(index.computeIfAbsent(symbol, s -> index.size()));
            }
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        return ofRows(rows);
    }

    static Incidence ofRows(List<BitSet> rows) {
        List<BitSet> columns = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            BitSet row = rows.get(r);
            for (int c = row.nextSetBit(0); c >= 0; c = row.nextSetBit(c + 1)) {
                while (columns.size() <= c) {
                    columns.add(new BitSet());
                }
                columns.get(c).set(r);
            }
        }
        return new Incidence(rows, columns);
    }

    List<BitSet> rows() {
        return rows;
    }

    /** The dual: terms become vertices, and each symbol spans the terms that hold it. */
    Incidence dual() {
        return new Incidence(/* rows= */ columns, /* columns= */ rows);
    }

    int loops() {
        int loops = 0;
        for (BitSet column : columns) {
            loops += Math.max(0, column.cardinality() - 1);
        }
        return loops;
    }

    /** One matrix for each group of rows that are linked by shared columns. */
    List<Incidence> components() {
        List<Incidence> parts = new ArrayList<>();
        BitSet seen = new BitSet();
        for (int start = 0; start < rows.size(); start++) {
            if (seen.get(start)) {
                continue;
            }
            BitSet reached = new BitSet();
            BitSet frontier = new BitSet();
            frontier.set(start);
            while (!frontier.isEmpty()) {
                int r = frontier.nextSetBit(0);
                frontier.clear(r);
                reached.set(r);
                BitSet row = rows.get(r);
                for (int c = row.nextSetBit(0); c >= 0; c = row.nextSetBit(c + 1)) {
                    frontier.or(columns.get(c));
                }
                frontier.andNot(reached);
            }
            seen.or(reached);
            List<BitSet> part = new ArrayList<>();
            reached.stream().forEach(r -> part.add(rows.get(r)));
            parts.add(compact(part));
        }
        return parts;
    }

    /** The core by strong collapses; the same homotopy type, usually a single row. */
    Incidence core(Budget budget) {
        Incidence now = this;
        while (true) {
            List<BitSet> kept = undominated(now.rows, now.columns, budget);
            Incidence fewerRows = compact(kept);
            List<BitSet> columnsKept = undominated(fewerRows.columns, fewerRows.rows, budget);
            if (kept.size() == now.rows.size() && columnsKept.size() == fewerRows.columns.size()) {
                return fewerRows;
            }
            now = compact(columnsKept).dual();
        }
    }

    /** The lines of {@code lines} that lie in no other kept line; {@code across} is the transposed matrix. */
    private static List<BitSet> undominated(List<BitSet> lines, List<BitSet> across, Budget budget) {
        BitSet gone = new BitSet();
        for (int i = 0; i < lines.size(); i++) {
            BitSet line = lines.get(i);
            BitSet candidates = new BitSet();
            candidates.set(0, lines.size());
            candidates.andNot(gone);
            candidates.clear(i);
            for (int k = line.nextSetBit(0); k >= 0 && !candidates.isEmpty(); k = line.nextSetBit(k + 1)) {
                candidates.and(across.get(k));
                budget.spend(1);
            }
            if (!candidates.isEmpty()) {
                gone.set(i);
            }
        }
        List<BitSet> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!gone.get(i)) {
                kept.add(lines.get(i));
            }
        }
        return kept;
    }

    /** Renumbers the columns that are in use from 0. */
    private static Incidence compact(List<BitSet> rows) {
        BitSet used = new BitSet();
        rows.forEach(used::or);
        int[] number = new int[used.length()];
        int next = 0;
        for (int c = used.nextSetBit(0); c >= 0; c = used.nextSetBit(c + 1)) {
            number[c] = next++;
        }
        List<BitSet> renumbered = new ArrayList<>(rows.size());
        for (BitSet row : rows) {
            BitSet copy = new BitSet();
            row.stream().forEach(c -> copy.set(number[c]));
            renumbered.add(copy);
        }
        return ofRows(renumbered);
    }

    /** An upper bound of the faces that the rows span; saturates at {@link Long#MAX_VALUE}. */
    long faceBound() {
        long bound = 0;
        for (BitSet row : rows) {
            int size = row.cardinality();
            if (size > 40) {
                return Long.MAX_VALUE;
            }
            bound += 1L << size;
        }
        return bound;
    }
}
