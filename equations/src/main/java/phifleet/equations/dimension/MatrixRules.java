package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;

/** Dimensions of matrices, entry by entry: entries of one matrix may differ, as in a chain matrix of voltage and current. */
final class MatrixRules {
    /** One entry for each cell; a scalar is one row of one. */
    record Grid(List<List<Form>> rows, List<List<Expr>> cells) {
        boolean sameSize(Grid other) {
            return rows.size() == other.rows.size()
                    && rows.getFirst().size() == other.rows.getFirst().size();
        }
    }

    private final Inference inference;

    MatrixRules(Inference inference) {
        this.inference = inference;
    }

    Grid grid(Expr expr) {
        return switch (expr) {
            case Expr.Matrix(List<List<Expr>> rows) -> {
                List<List<Form>> forms = new ArrayList<>();
                for (List<Expr> row : rows) {
                    forms.add(row.stream().map(inference::form).toList());
                }
                yield new Grid(forms, rows);
            }
            case Expr.Product(List<Expr> factors)
            when hasMatrix(factors) -> {
                Grid product = grid(factors.getFirst());
                for (Expr factor : factors.subList(1, factors.size())) {
                    product = times(expr, product, grid(factor));
                }
                yield product;
            }
            case Expr.Sum(List<Expr> terms)
            when hasMatrix(terms) -> {
                Grid first = grid(terms.getFirst());
                for (Expr term : terms.subList(1, terms.size())) {
                    agree(term, grid(term), terms.getFirst(), first, Rule.TERMS);
                }
                yield first;
            }
            case Expr.Negation(Expr.Matrix operand) -> grid(operand);
            default -> new Grid(List.of(List.of(inference.form(expr))), List.of(List.of(expr)));
        };
    }

    private static boolean hasMatrix(List<Expr> members) {
        return members.stream().anyMatch(Expr.Matrix.class::isInstance);
    }

    private Grid times(Expr where, Grid a, Grid b) {
        boolean scalar = isScalar(a) || isScalar(b);
        if (!scalar && a.rows().getFirst().size() != b.rows().size()) {
            return a;
        }
        List<List<Form>> rows = new ArrayList<>();
        List<List<Expr>> cells = new ArrayList<>();
        Grid left = isScalar(a) ? b : a;
        int width = scalar ? left.rows().getFirst().size() : b.rows().getFirst().size();
        for (int i = 0; i < left.rows().size(); i++) {
            List<Form> row = new ArrayList<>();
            List<Expr> line = new ArrayList<>();
            for (int j = 0; j < width; j++) {
                row.add(scalar ? scaled(left, isScalar(a) ? a : b, i, j) : cell(where, a, b, i, j));
                line.add(where);
            }
            rows.add(row);
            cells.add(line);
        }
        return new Grid(rows, cells);
    }

    private static boolean isScalar(Grid grid) {
        return grid.rows().size() == 1 && grid.rows().getFirst().size() == 1;
    }

    private static Form scaled(Grid matrix, Grid scalar, int i, int j) {
        return matrix.rows().get(i).get(j).times(scalar.rows().getFirst().getFirst());
    }

    private Form cell(Expr where, Grid a, Grid b, int i, int j) {
        @Nullable Form common = null;
        for (int k = 0; k < b.rows().size(); k++) {
            Form term = a.rows().get(i).get(k).times(b.rows().get(k).get(j));
            if (common == null) {
                common = term;
            } else {
                inference.agree(where, term, null, common, Rule.TERMS);
            }
        }
        return common == null ? Form.NONE : common;
    }

    /** Requires that two grids agree cell by cell; grids of unlike size, such as [a] = [[b, c]], say nothing. */
    void agree(Expr where, Grid found, Expr against, Grid expected, Rule rule) {
        if (!found.sameSize(expected)) {
            return;
        }
        boolean scalar = isScalar(found);
        for (int i = 0; i < found.rows().size(); i++) {
            for (int j = 0; j < found.rows().get(i).size(); j++) {
                inference.agree(
                        scalar ? where : found.cells().get(i).get(j),
                        found.rows().get(i).get(j),
                        scalar ? against : expected.cells().get(i).get(j),
                        expected.rows().get(i).get(j),
                        rule);
            }
        }
    }
}
