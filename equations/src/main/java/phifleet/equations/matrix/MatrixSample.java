package phifleet.equations.matrix;

/** Both sides of an equation at some matrices. */
record MatrixSample(MatrixValue at, NumberMatrix left, NumberMatrix right) {
    /** Whether the sides are equal there. */
    boolean agrees() {
        return left.equals(right) || (isZero(left) && isZero(right)) || isOne(left, right) || isOne(right, left);
    }

    boolean hasSidesOf(MatrixSample other) {
        return left.equals(other.left) && right.equals(other.right);
    }

    /** A 1 stands for the identity too. */
    private static boolean isOne(NumberMatrix number, NumberMatrix matrix) {
        return number.height() == 1
                && number.width() == 1
                && number.at(0, 0).equals(Gaussian.ONE)
                && matrix.equals(NumberMatrix.identity(matrix.height()));
    }

    /** A 0 stands for the matrix of zeros too. */
    private static boolean isZero(NumberMatrix matrix) {
        return matrix.rows().stream().allMatch(row -> row.stream().allMatch(Gaussian::isZero));
    }
}
