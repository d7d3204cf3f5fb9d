package phifleet.inference.vision.ocr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a map that are text's and hang together, also by a corner. Each row is cut into its runs of such pixels, and runs that touch
 * those of the row above are joined (union by the run that came first): one pass, and memory for the runs alone.
 */
final class TextRegions {
    /** Smaller ones are no line, whatever their form. */
    private static final int LEAST_PIXELS = 4;

    /** No page has as many; a map of specks may. */
    static final int MOST = 10_000;

    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int[] rows = new int[256];
    private int[] parents = new int[256];
    private int runs;

    private TextRegions() {}

    /** For each, from the top on, where it begins and ends in each of its rows: all that a polygon around it depends on. */
    static List<List<Point>> of(ProbabilityMap map) {
        TextRegions regions = new TextRegions();
        int above = 0;
        for (int y = 0; y < map.height(); y++) {
            int own = regions.runs;
            regions.cut(map, y);
            regions.join(above, own);
            above = own;
        }
        return regions.gathered();
    }

    private void cut(ProbabilityMap map, int y) {
        int x = 0;
        while (x < map.width()) {
            if (!map.isText(x, y)) {
                x++;
                continue;
            }
            int start = x;
            while (x < map.width() && map.isText(x, y)) {
                x++;
            }
            add(start, x - 1, y);
        }
    }

    private void add(int start, int end, int row) {
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, 2 * runs);
            ends = Arrays.copyOf(ends, 2 * runs);
            rows = Arrays.copyOf(rows, 2 * runs);
            parents = Arrays.copyOf(parents, 2 * runs);
        }
        starts[runs] = start;
        ends[runs] = end;
        rows[runs] = row;
        parents[runs] = runs;
        runs++;
    }

    /**
     * @param above the first run of the row above
     * @param own the first of the last row
     */
    private void join(int above, int own) {
        int upper = above;
        for (int run = own; run < runs; run++) {
            while (upper < own && ends[upper] < starts[run] - 1) {
                upper++;
            }
            for (int touching = upper; touching < own && starts[touching] <= ends[run] + 1; touching++) {
                int first = root(touching);
                int second = root(run);
                parents[Math.max(first, second)] = Math.min(first, second);
            }
        }
    }

    private int root(int run) {
        int root = run;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private List<List<Point>> gathered() {
        Map<Integer, List<Point>> ofRoots = new LinkedHashMap<>();
        int[] pixels = new int[runs];
        for (int run = 0; run < runs; run++) {
            pixels[root(run)] += ends[run] - starts[run] + 1;
        }
        for (int run = 0; run < runs; run++) {
            int root = root(run);
            if (pixels[root] < LEAST_PIXELS || (ofRoots.size() == MOST && !ofRoots.containsKey(root))) {
                continue;
            }
            List<Point> points = ofRoots.computeIfAbsent(root, any -> new ArrayList<>());
            if (!points.isEmpty() && points.getLast().y() == rows[run]) {
                // What is between two runs of one row is within any polygon around them.
                points.removeLast();
            } else {
                points.add(new Point(starts[run], rows[run]));
            }
            points.add(new Point(ends[run], rows[run]));
        }
        return List.copyOf(ofRoots.values());
    }
}
