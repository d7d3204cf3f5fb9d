package phifleet.equations.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.exact.Rational;

/** A matrix of expressions; a vector is one column. */
record Grid(List<List<Expr>> rows) {
    /** Rows and columns, at most. */
    static final int MAX = 6;
    /** The largest matrix with symbols that is inverted: the adjugate grows with the factorial. */
    private static final int MAX_SYMBOLIC_INVERSE = 3;

    Grid {
        rows = rows.stream().map(List::copyOf).toList();
        if (rows.size() > MAX || rows.getFirst().size() > MAX) {
            throw new Unfit("a matrix larger than " + MAX + " by " + MAX);
        }
    }

    /** It cannot be expanded. Has no stack trace. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String what) {
            super(what, null, false, false);
        }
    }

    /** Sizes do not fit, so there is no value. Has no stack trace. */
    static final class Misshapen extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misshapen(String what) {
            super(what, null, false, false);
        }
    }

    private interface Entry {
        Expr at(int row, int column);
    }

    private static Grid made(int height, int width, Entry entry) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j < width; j++) {
                row.add(entry.at(i, j));
            }
            rows.add(row);
        }
        return new Grid(rows);
    }

    static Grid column(List<Expr> entries) {
        return made(entries.size(), 1, (i, j) -> entries.get(i));
    }

    static Grid identity(int size) {
        return made(size, size, (i, j) -> i == j ? Entries.ONE : Entries.ZERO);
    }

    int height() {
        return rows.size();
    }

    int width() {
        return rows.getFirst().size();
    }

    Expr at(int row, int column) {
        return rows.get(row).get(column);
    }

    String size() {
        return height() + " × " + width();
    }

    boolean isSquare() {
        return height() == width();
    }

    boolean isVector() {
        return width() == 1 || height() == 1;
    }

    /** The entries of a vector. */
    List<Expr> entries() {
        return rows.stream().flatMap(List::stream).toList();
    }

    Grid each(UnaryOperator<Expr> f) {
        return made(height(), width(), (i, j) -> f.apply(at(i, j)));
    }

    private Grid both(Grid other, BinaryOperator<Expr> f) {
        if (height() != other.height() || width() != other.width()) {
            throw new Misshapen("a " + size() + " matrix and a " + other.size() + " one cannot be added");
        }
        return made(height(), width(), (i, j) -> f.apply(at(i, j), other.at(i, j)));
    }

    Grid plus(Grid other) {
        return both(other, (a, b) -> Entries.sum(List.of(a, b)));
    }

    Grid times(Grid other) {
        if (width() != other.height()) {
            throw new Misshapen("a " + size() + " matrix cannot be multiplied by a " + other.size() + " one");
        }
        return made(height(), other.width(), (i, j) -> {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < width(); k++) {
                terms.add(Entries.times(at(i, k), other.at(k, j)));
            }
            return Entries.sum(terms);
        });
    }

    Grid transposed() {
        return made(width(), height(), (i, j) -> at(j, i));
    }

    Expr trace() {
        square("a trace");
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < height(); i++) {
            terms.add(at(i, i));
        }
        return Entries.sum(terms);
    }

    private void square(String what) {
        if (!isSquare()) {
            throw new Misshapen("a " + size() + " matrix has no " + what.substring(2));
        }
    }

    /** By Laplace's expansion along rows, each minor once. */
    Expr determinant() {
        square("a determinant");
        return minor(0, (1 << width()) - 1, new HashMap<>());
    }

    private Expr minor(int row, int columns, Map<Integer, Expr> known) {
        if (row == height()) {
            return Entries.ONE;
        }
        Expr before = known.get(columns);
        if (before != null) {
            return before;
        }
        List<Expr> terms = new ArrayList<>();
        boolean minus = false;
        for (int j = 0; j < width(); j++) {
            if ((columns & 1 << j) != 0) {
                Expr entry = at(row, j);
                if (!entry.equals(Entries.ZERO)) {
                    Expr term = Entries.times(entry, minor(row + 1, columns & ~(1 << j), known));
                    terms.add(minus ? Entries.negate(term) : term);
                }
                minus = !minus;
            }
        }
        Expr sum = terms.isEmpty() ? Entries.ZERO : Entries.sum(terms);
        known.put(columns, sum);
        return sum;
    }

    /** By elimination for numbers, by the adjugate else. */
    Grid inverse() {
        square("an inverse");
        if (entries().stream().allMatch(entry -> Entries.rational(entry).isPresent())) {
            return eliminated();
        }
        if (height() > MAX_SYMBOLIC_INVERSE) {
            throw new Unfit("the inverse of a large matrix with symbols");
        }
        Expr determinant = determinant();
        return made(height(), width(), (i, j) -> {
            Expr minor = without(j, i).map(Grid::determinant).orElse(Entries.ONE);
            return Entries.dividedBy((i + j) % 2 == 0 ? minor : Entries.negate(minor), determinant);
        });
    }

    private Optional<Grid> without(int row, int column) {
        return height() == 1
                ? Optional.empty()
                : Optional.of(made(
                        height() - 1,
                        width() - 1,
                        (i, j) -> at(i < row ? i : i + 1, j < column ? j : j + 1)));
    }

    private Grid eliminated() {
        int n = height();
        Rational[][] a = new Rational[n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = Entries.rational(at(i, j)).orElseThrow();
                a[i][n + j] = i == j ? Rational.ONE : Rational.ZERO;
            }
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            while (pivot < n && a[pivot][column].isZero()) {
                pivot++;
            }
            if (pivot == n) {
                throw new Misshapen("the matrix has no inverse, for its determinant is 0");
            }
            Rational[] row = a[pivot];
            a[pivot] = a[column];
            a[column] = row;
            Rational scale = row[column].reciprocal();
            for (int j = 0; j < 2 * n; j++) {
                row[j] = row[j].times(scale);
            }
            for (int i = 0; i < n; i++) {
                Rational factor = a[i][column];
                for (int j = 0; i != column && j < 2 * n && !factor.isZero(); j++) {
                    a[i][j] = a[i][j].plus(factor.times(row[j]).negate());
                }
            }
        }
        return made(n, n, (i, j) -> Entries.of(a[i][n + j]));
    }

    /** The length of a real vector. */
    Expr length() {
        List<Expr> squares =
                entries().stream().map(entry -> Entries.times(entry, entry)).toList();
        return Expr.Call.of(Function.SQRT, Entries.sum(squares));
    }

    private List<Expr> vector(int length) {
        if (!isVector() || (length > 0 && entries().size() != length)) {
            throw new Misshapen("a " + size() + " matrix is no vector" + (length > 0 ? " of " + length + " components" : ""));
        }
        return entries();
    }

    Expr dot(Grid other) {
        List<Expr> a = vector(0);
        List<Expr> b = other.vector(a.size());
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            terms.add(Entries.times(a.get(i), b.get(i)));
        }
        return Entries.sum(terms);
    }

    Grid cross(Grid other) {
        List<Expr> a = vector(3);
        List<Expr> b = other.vector(3);
        List<Expr> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            entries.add(Entries.sum(List.of(
                    Entries.times(a.get(j), b.get(k)), Entries.negate(Entries.times(a.get(k), b.get(j))))));
        }
        Grid column = column(entries);
        return height() == 1 ? column.transposed() : column;
    }
}
