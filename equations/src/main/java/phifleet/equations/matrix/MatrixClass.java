package phifleet.equations.matrix;

import java.util.function.Supplier;
import phifleet.equations.exact.Rational;

/** Matrices with a property that an equation may say of one: {@code Aᵀ = A}, {@code Q^T Q = I}. */
enum MatrixClass {
    HERMITIAN("Hermitian"),
    ANTIHERMITIAN("anti-Hermitian"),
    UNITARY("unitary"),
    SYMMETRIC("symmetric"),
    ANTISYMMETRIC("antisymmetric"),
    ORTHOGONAL("orthogonal"),
    PROJECTION("projecting"),
    INVOLUTION("self-inverse");

    private final String adjective;

    MatrixClass(String adjective) {
        this.adjective = adjective;
    }

    String adjective() {
        return adjective;
    }

    /** One of them. */
    NumberMatrix of(int size, Supplier<Gaussian> real, Supplier<Gaussian> complex) {
        return switch (this) {
            case SYMMETRIC -> symmetric(random(size, real));
            case ANTISYMMETRIC -> antisymmetric(random(size, real));
            case ORTHOGONAL -> cayley(antisymmetric(random(size, real)));
            case HERMITIAN -> hermitian(random(size, complex));
            case ANTIHERMITIAN -> antihermitian(random(size, complex));
            case UNITARY -> cayley(antihermitian(random(size, complex)));
            case PROJECTION -> similar(size, real, Gaussian.ZERO);
            case INVOLUTION -> similar(size, real, Gaussian.of(Rational.MINUS_ONE));
        };
    }

    static NumberMatrix random(int size, Supplier<Gaussian> entry) {
        return NumberMatrix.of(size, size, (i, j) -> entry.get());
    }

    private static NumberMatrix symmetric(NumberMatrix any) {
        return any.plus(any.transposed());
    }

    private static NumberMatrix antisymmetric(NumberMatrix any) {
        return any.plus(any.transposed().each(Gaussian::negate));
    }

    private static NumberMatrix adjoint(NumberMatrix any) {
        return any.transposed().each(Gaussian::conjugate);
    }

    private static NumberMatrix hermitian(NumberMatrix any) {
        return any.plus(adjoint(any));
    }

    private static NumberMatrix antihermitian(NumberMatrix any) {
        return any.plus(adjoint(any).each(Gaussian::negate));
    }

    /** (1 - S)(1 + S)⁻¹, Cayley's transform, which is orthogonal or unitary where S is antisymmetric or anti-Hermitian. */
    private static NumberMatrix cayley(NumberMatrix skew) {
        NumberMatrix one = NumberMatrix.identity(skew.height());
        return one.plus(skew.each(Gaussian::negate)).times(one.plus(skew).inverse());
    }

    /** With 1 and {@code other} as its eigenvalues. */
    private static NumberMatrix similar(int size, Supplier<Gaussian> real, Gaussian other) {
        NumberMatrix basis = random(size, real);
        NumberMatrix values =
                NumberMatrix.of(size, size, (i, j) -> i != j ? Gaussian.ZERO : i + 1 < size ? Gaussian.ONE : other);
        return basis.times(values).times(basis.inverse());
    }
}
