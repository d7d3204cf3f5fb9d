package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.Subscripts;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** What stands between {@code \begin} and {@code \end}: matrices and cases. */
final class Environments {
    private static final Set<String> MATRICES =
            Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "array", "smallmatrix");

    private final Atoms atoms;
    private final Cursor cursor;

    Environments(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** {@code \begin{pmatrix} a & b \\ c & d \end{pmatrix}} and {@code \begin{cases}}. */
    Expr read(Token begin) {
        String name = begin.text().substring("begin:".length());
        if (name.equals("array")) {
            skipColumns();
        }
        Expr whole;
        if (name.equals("cases")) {
            whole = cases(begin);
        } else if (MATRICES.contains(name)) {
            whole = atoms.brackets.matrix(rows(), begin);
        } else {
            throw cursor.fail(Code.UNKNOWN_COMMAND, "The environment " + name + " is not known here.", begin);
        }
        if (!cursor.accept(Kind.COMMAND, "end:" + name)) {
            throw cursor.peek().is(Kind.END)
                    ? cursor.fail(
                            Code.UNBALANCED_BRACKET, "This environment is never closed.", begin, "\\end{" + name + "}")
                    : cursor.unexpected(cursor.peek(), "\\end{" + name + "}");
        }
        return name.equals("vmatrix") ? cursor.make(Call.of(Function.DETERMINANT, whole), begin.start()) : whole;
    }

    private void skipColumns() {
        if (cursor.peek().is(Kind.OPEN, "{")) {
            cursor.moveTo(cursor.closing(cursor.index()));
            cursor.next();
        }
    }

    private List<List<Expr>> rows() {
        List<List<Expr>> rows = new ArrayList<>();
        do {
            if (cursor.peek().is(Kind.COMMAND)) {
                if (cursor.peek().text().startsWith("end:")) {
                    break;
                }
            }
            List<Expr> row = new ArrayList<>();
            row.add(atoms.grammar.nested());
            while (cursor.acceptOperator("&")) {
                row.add(atoms.grammar.nested());
            }
            rows.add(row);
        } while (cursor.acceptOperator("\\\\"));
        if (rows.isEmpty()) {
            throw cursor.unexpected(cursor.peek(), "number", "symbol");
        }
        return rows;
    }

    private Expr cases(Token begin) {
        List<Piecewise.Branch> branches = new ArrayList<>();
        do {
            if (cursor.peek().is(Kind.COMMAND) && cursor.peek().text().startsWith("end:")) {
                break;
            }
            Expr value = atoms.grammar.nested();
            cursor.acceptOperator(",");
            cursor.acceptOperator("&");
            branches.add(new Piecewise.Branch(value, condition()));
        } while (cursor.acceptOperator("\\\\"));
        if (branches.isEmpty()) {
            throw cursor.unexpected(cursor.peek(), "number", "symbol");
        }
        return cursor.make(new Piecewise(branches), begin.start());
    }

    /** {@code if x > 0}, {@code x > 0}, {@code otherwise}, {@code True}, or nothing. */
    private Statement.@Nullable Relation condition() {
        Token token = cursor.peek();
        if (token.is(Kind.TEXT)) {
            cursor.next();
            String word = Subscripts.clean(token.text());
            if (word.equals("otherwise") || word.equals("else")) {
                return null;
            }
            if (!Set.of("if", "for", "when", "falls").contains(word)) {
                throw cursor.unexpected(token, "if", "otherwise");
            }
        }
        boolean over = cursor.peek().is(Kind.END)
                || cursor.peek().isOperator("\\\\")
                || cursor.peek().is(Kind.COMMAND);
        return over ? null : relation();
    }

    /** A relation inside brackets: a bound or a condition. */
    private Statement.Relation relation() {
        List<Expr> sides = new ArrayList<>();
        List<Statement.Operator> operators = new ArrayList<>();
        sides.add(atoms.grammar.nested());
        while (cursor.peek().is(Kind.RELATION)) {
            operators.add(Relations.operator(cursor, cursor.next()));
            sides.add(atoms.grammar.nested());
        }
        if (operators.isEmpty()) {
            throw cursor.unexpected(cursor.peek(), "=", "<", ">");
        }
        return new Statement.Relation(sides, operators);
    }
}
