package phifleet.equations.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Statement;
import phifleet.equations.units.Dimension;

/** The laws that have a form, by what they are looked up by. Thread-safe; a law's own form is made once an equation comes near it. */
final class LawEntries {
    private final LawTable table;
    /** As written; for the few laws, such as {@code div(B) = 0}, of which algebra leaves nothing. */
    private final Map<Integer, List<Integer>> byStatement = new HashMap<>();

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private final Map<Set<String>, List<Entry>> byNames = new HashMap<>();
    private volatile @Nullable Map<Set<String>, List<Entry>> byNamesButOne;

    LawEntries(LawTable table, List<LawIndex.Row> index) {
        this.table = table;
        for (int row = 0; row < index.size(); row++) {
            byStatement
                    .computeIfAbsent(index.get(row).statement(), hash -> new ArrayList<>(1))
                    .add(row);
            LawIndex.Key key = index.get(row).form();
            if (key != null) {
                Entry entry = new Entry(row, key);
                byKey.computeIfAbsent(key.shape(), shape -> new ArrayList<>()).add(entry);
                byNames.computeIfAbsent(key.symbols(), symbols -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** A law that has a form, which is made when it is first asked for. */
    final class Entry {
        private final int row;
        private final LawIndex.Key key;
        private volatile @Nullable LawForm form;

        private Entry(int row, LawIndex.Key key) {
            this.row = row;
            this.key = key;
        }

        KnownLaw law() {
            return table.law(row);
        }

        Set<String> symbols() {
            return key.symbols();
        }

        Set<String> constants() {
            return key.constants();
        }

        LawForm form() {
            LawForm made = form;
            if (made == null) {
                made = LawForm.of(law())
                        .orElseThrow(() -> new IllegalStateException(
                                "the index of the laws is wrong at " + law().id() + ": build it anew"));
                form = made;
            }
            return made;
        }

        /** Whether a name has in this law the dimension that it has in an equation. */
        boolean agrees(String name, @Nullable Dimension dimension) {
            return dimension != null && dimension.equals(form().dimensions().get(name));
        }
    }

    /** The laws that may be written so, whatever their form. */
    List<KnownLaw> written(Statement statement) {
        return byStatement.getOrDefault(LawIndex.hash(statement), List.of()).stream()
                .map(table::law)
                .toList();
    }

    /** Those whose form has that {@link LawForm#key}. */
    List<Entry> like(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** Those with just these names. */
    List<Entry> in(Set<String> names) {
        return byNames.getOrDefault(names, List.of());
    }

    /** Those with these names and one more. */
    List<Entry> withOneMore(Set<String> names) {
        Map<Set<String>, List<Entry>> made = byNamesButOne;
        if (made == null) {
            Map<Set<String>, List<Entry>> making = new HashMap<>();
            byNames.forEach((all, entries) -> {
                for (String name : all) {
                    Set<String> others = new HashSet<>(all);
                    others.remove(name);
                    making.computeIfAbsent(others, key -> new ArrayList<>()).addAll(entries);
                }
            });
            made = making;
            byNamesButOne = made;
        }
        return made.getOrDefault(names, List.of());
    }
}
