package phifleet.equations.grammar.parser;

import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Roots, by their command and by their sign. */
final class WrittenRoots {
    private final Atoms atoms;
    private final Cursor cursor;

    WrittenRoots(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** {@code \sqrt[3]{x}}, behind the command. */
    Expr command(int start) {
        if (!cursor.peek().is(Kind.OPEN, "[")) {
            return cursor.make(Call.of(Function.SQRT, atoms.argument()), start);
        }
        Token open = cursor.next();
        Expr degree = atoms.grammar.nested();
        cursor.expectClose(open, "]");
        Expr radicand = atoms.argument();
        return degree instanceof Num two && two.is(2)
                ? cursor.make(Call.of(Function.SQRT, radicand), start)
                : cursor.make(Call.of(Function.ROOT, radicand, degree), start);
    }

    /** {@code √x} and {@code ∛x}, behind the sign. */
    Expr sign(Token sign, int degree) {
        Expr radicand = radicand(sign);
        return degree == 2
                ? cursor.make(Call.of(Function.SQRT, radicand), sign.start())
                : cursor.make(Call.of(Function.ROOT, radicand, cursor.make(Num.of(degree), sign.span())), sign.start());
    }

    private Expr radicand(Token sign) {
        cursor.enter();
        Expr radicand = radicandHere(sign);
        cursor.leave();
        return radicand;
    }

    private Expr radicandHere(Token sign) {
        Token minus = cursor.peek();
        if (minus.isOperator("-") && !minus.spaced()) {
            cursor.next();
            return cursor.make(new Expr.Negation(radicand(sign)), minus.start());
        }
        Expr radicand = cursor.peek().is(Kind.OPEN) ? atoms.brackets.read() : atoms.postfix();
        Token behind = cursor.peek();
        if (atoms.grammar.startsFactor(behind)
                && !behind.spaced()
                && !cursor.previous().is(Kind.CLOSE)) {
            cursor.warn(
                    "root_extent",
                    "The root is read as reaching over one factor only; write brackets for more.",
                    sign.start());
        }
        return radicand;
    }
}
