package phifleet.equations.topology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.equations.budget.Budget;

/**
 * Betti numbers over GF(2) of the complex that the rows of a matrix span, by elimination of its boundary matrices.
 *
 * <p>Columns are reduced by the leftmost-pivot rule of persistent homology, from the highest dimension down, so that a face found to be a
 * pivot is a boundary and its own column needs no reduction ("clearing": C. Chen and M. Kerber, "Persistent homology computation with a
 * twist", 2011).
 */
final class Homology {
    private Homology() {}

    /** b0, b1, … up to the dimension of the complex; empty for no rows. */
    static List<Integer> betti(Incidence complex, Budget budget) {
        List<Map<BitSet, Integer>> faces = faces(complex, budget);
        int dimensions = faces.size();
        int[] rank = new int[dimensions + 1];
        BitSet boundaries = new BitSet();
        for (int d = dimensions - 1; d >= 1; d--) {
            boundaries = reduce(faces.get(d), faces.get(d - 1), boundaries, budget);
            rank[d] = boundaries.cardinality();
        }
        List<Integer> betti = new ArrayList<>(dimensions);
        for (int d = 0; d < dimensions; d++) {
            betti.add(faces.get(d).size() - rank[d] - rank[d + 1]);
        }
        return betti;
    }

    /** The alternating count of faces. */
    static int eulerCharacteristic(Incidence complex, Budget budget) {
        int chi = 0;
        int sign = 1;
        for (Map<BitSet, Integer> ofDimension : faces(complex, budget)) {
            chi += sign * ofDimension.size();
            sign = -sign;
        }
        return chi;
    }

    /** Faces by dimension, each numbered within its dimension. */
    private static List<Map<BitSet, Integer>> faces(Incidence complex, Budget budget) {
        List<Map<BitSet, Integer>> byDimension = new ArrayList<>();
        Set<BitSet> pending = new LinkedHashSet<>(complex.rows());
        int top = pending.stream().mapToInt(BitSet::cardinality).max().orElse(0);
        for (int size = top; size >= 1; size--) {
            Map<BitSet, Integer> here = new HashMap<>();
            Set<BitSet> later = new LinkedHashSet<>();
            for (BitSet face : pending) {
                if (face.cardinality() < size) {
                    later.add(face);
                    continue;
                }
                here.put(face, here.size());
                budget.spend(size);
                for (int v = face.nextSetBit(0); v >= 0 && size > 1; v = face.nextSetBit(v + 1)) {
                    later.add(without(face, v));
                }
            }
            byDimension.addFirst(here);
            pending = later;
        }
        return byDimension;
    }

    private static BitSet without(BitSet face, int vertex) {
        BitSet smaller = (BitSet) face.clone();
        smaller.clear(vertex);
        return smaller;
    }

    /** The pivots of the boundary matrix from {@code cells} to {@code sides}: as many as its rank. */
    private static BitSet reduce(
            Map<BitSet, Integer> cells, Map<BitSet, Integer> sides, BitSet knownBoundaries, Budget budget) {
        Map<Integer, BitSet> byPivot = new HashMap<>();
        BitSet pivots = new BitSet();
        for (Map.Entry<BitSet, Integer> cell : cells.entrySet()) {
            if (knownBoundaries.get(cell.getValue())) {
                continue;
            }
            BitSet column = new BitSet();
            BitSet face = cell.getKey();
            for (int v = face.nextSetBit(0); v >= 0; v = face.nextSetBit(v + 1)) {
                Integer side = sides.get(without(face, v));
                if (side != null) {
                    column.set(side);
                }
            }
            while (!column.isEmpty()) {
                budget.spend(1 + column.size() / 64L);
                int pivot = column.length() - 1;
                BitSet earlier = byPivot.get(pivot);
                if (earlier == null) {
                    byPivot.put(pivot, column);
                    pivots.set(pivot);
                    break;
                }
                column.xor(earlier);
            }
        }
        return pivots;
    }
}
