package phifleet.equations.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A matrix of numbers, exact. */
record NumberMatrix(List<List<Gaussian>> rows) {
    /** The number at a place, both from 0 on. */
    interface Entry {
        Gaussian at(int row, int column);
    }

    NumberMatrix {
        rows = rows.stream().map(List::copyOf).toList();
    }

    static NumberMatrix of(int height, int width, Entry entry) {
        List<List<Gaussian>> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            List<Gaussian> row = new ArrayList<>();
            for (int j = 0; j < width; j++) {
                row.add(entry.at(i, j));
            }
            rows.add(row);
        }
        return new NumberMatrix(rows);
    }

    static NumberMatrix identity(int size) {
        return of(size, size, (i, j) -> i == j ? Gaussian.ONE : Gaussian.ZERO);
    }

    int height() {
        return rows.size();
    }

    int width() {
        return rows.getFirst().size();
    }

    Gaussian at(int row, int column) {
        return rows.get(row).get(column);
    }

    NumberMatrix each(UnaryOperator<Gaussian> change) {
        return of(height(), width(), (i, j) -> change.apply(at(i, j)));
    }

    NumberMatrix plus(NumberMatrix other) {
        return together(other, Gaussian::plus);
    }

    private NumberMatrix together(NumberMatrix other, BinaryOperator<Gaussian> operator) {
        if (height() != other.height() || width() != other.width()) {
            throw new Grid.Unfit("a sum of a matrix and a vector");
        }
        return of(height(), width(), (i, j) -> operator.apply(at(i, j), other.at(i, j)));
    }

    NumberMatrix times(NumberMatrix other) {
        if (width() != other.height()) {
            throw new Grid.Unfit("a product of sizes that do not fit");
        }
        return of(height(), other.width(), (i, j) -> {
            Gaussian sum = Gaussian.ZERO;
            for (int k = 0; k < width(); k++) {
                sum = sum.plus(at(i, k).times(other.at(k, j)));
            }
            return sum;
        });
    }

    NumberMatrix transposed() {
        return of(width(), height(), (i, j) -> at(j, i));
    }

    Gaussian trace() {
        square();
        Gaussian sum = Gaussian.ZERO;
        for (int i = 0; i < height(); i++) {
            sum = sum.plus(at(i, i));
        }
        return sum;
    }

    private void square() {
        if (height() != width()) {
            throw new Grid.Unfit("a function of a square matrix, taken of a vector");
        }
    }

    /** By elimination. */
    Gaussian determinant() {
        square();
        return eliminated(identity(height())).determinant();
    }

    /** @throws Grid.Unfit where there is none */
    NumberMatrix inverse() {
        square();
        Eliminated whole = eliminated(identity(height()));
        if (whole.determinant().isZero()) {
            throw new Grid.Unfit("a matrix without an inverse");
        }
        return whole.right();
    }

    /** By elimination. */
    int rank() {
        List<List<Gaussian>> left = new ArrayList<>();
        rows.forEach(row -> left.add(new ArrayList<>(row)));
        int rank = 0;
        for (int k = 0; k < width() && rank < height(); k++) {
            int pivot = rank;
            while (pivot < height() && left.get(pivot).get(k).isZero()) {
                pivot++;
            }
            if (pivot == height()) {
                continue;
            }
            java.util.Collections.swap(left, pivot, rank);
            scale(left.get(rank), left.get(rank).get(k).reciprocal());
            for (int i = rank + 1; i < height(); i++) {
                add(left.get(i), left.get(rank), left.get(i).get(k).negate());
            }
            rank++;
        }
        return rank;
    }

    /** Kronecker's product. */
    NumberMatrix tensor(NumberMatrix other) {
        return of(
                height() * other.height(),
                width() * other.width(),
                (i, j) -> at(i / other.height(), j / other.width())
                        .times(other.at(i % other.height(), j % other.width())));
    }

    private record Eliminated(Gaussian determinant, NumberMatrix right) {}

    private Eliminated eliminated(NumberMatrix beside) {
        int size = height();
        List<List<Gaussian>> left = new ArrayList<>();
        rows.forEach(row -> left.add(new ArrayList<>(row)));
        List<List<Gaussian>> right = new ArrayList<>();
        beside.rows.forEach(row -> right.add(new ArrayList<>(row)));
        Gaussian determinant = Gaussian.ONE;
        for (int k = 0; k < size; k++) {
            int pivot = k;
            while (pivot < size && left.get(pivot).get(k).isZero()) {
                pivot++;
            }
            if (pivot == size) {
                return new Eliminated(Gaussian.ZERO, beside);
            }
            if (pivot != k) {
                java.util.Collections.swap(left, pivot, k);
                java.util.Collections.swap(right, pivot, k);
                determinant = determinant.negate();
            }
            Gaussian by = left.get(k).get(k);
            determinant = determinant.times(by);
            scale(left.get(k), by.reciprocal());
            scale(right.get(k), by.reciprocal());
            for (int i = 0; i < size; i++) {
                if (i != k) {
                    Gaussian factor = left.get(i).get(k).negate();
                    add(left.get(i), left.get(k), factor);
                    add(right.get(i), right.get(k), factor);
                }
            }
        }
        return new Eliminated(determinant, new NumberMatrix(right));
    }

    private static void scale(List<Gaussian> row, Gaussian factor) {
        row.replaceAll(entry -> entry.times(factor));
    }

    private static void add(List<Gaussian> row, List<Gaussian> other, Gaussian factor) {
        for (int j = 0; j < row.size(); j++) {
            row.set(j, row.get(j).plus(other.get(j).times(factor)));
        }
    }

    @Override
    public String toString() {
        return rows.stream()
                .map(row -> row.stream().map(Gaussian::toString).collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
