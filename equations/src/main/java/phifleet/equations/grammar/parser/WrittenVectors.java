package phifleet.equations.grammar.parser;

import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.PlusMinus;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.VectorProduct;

/** Which expressions are written as vectors. */
final class WrittenVectors {
    private WrittenVectors() {}

    /** Whether the expression is written as a vector. */
    static boolean isVector(Expr expr) {
        return switch (expr) {
            case Expr.Symbol symbol -> symbol.vector();
            case Expr.Application application -> application.head().vector();
            case Negation(Expr operand) -> isVector(operand);
            case Sum(List<Expr> terms) -> terms.stream().allMatch(WrittenVectors::isVector);
            case Product(List<Expr> factors) ->
                factors.stream().filter(WrittenVectors::isVector).count() == 1;
            case Quotient(Expr numerator, Expr _) -> isVector(numerator);
            case VectorProduct(VectorProduct.Kind kind, Expr _, Expr _) -> kind == VectorProduct.Kind.CROSS;
            case Expr.Nabla(Expr.Nabla.Kind kind, Expr operand) ->
                kind == Expr.Nabla.Kind.GRAD
                        || kind == Expr.Nabla.Kind.CURL
                        || (kind == Expr.Nabla.Kind.LAPLACIAN && isVector(operand));
            case Expr.Derivative derivative -> isVector(derivative.operand());
            case Expr.Integral integral -> isVector(integral.integrand());
            case Expr.Series series -> isVector(series.body());
            case Expr.Call call ->
                switch (call.function()) {
                    case CHANGE, DIFFERENTIAL, VARIATION, AVERAGE -> isVector(call.argument());
                    default -> false;
                };
            // Components in a column, as (3, 4) is read too.
            case Expr.Matrix(List<List<Expr>> rows) ->
                rows.size() > 1 && rows.stream().allMatch(row -> row.size() == 1);
            case Num _, Expr.Constant _, Expr.Quantity _, Power _, PlusMinus _, Expr.Limit _, Expr.Piecewise _ -> false;
        };
    }
}
