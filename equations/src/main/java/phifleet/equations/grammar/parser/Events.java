package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * The bracket of a probability:
 *
 * <pre>
 * event    := union [ | union ]
 * union    := both { ∪ both }
 * both     := single { (∩ | ,) single }
 * single   := ( union ) | sum { relation sum }
 * </pre>
 *
 * A bar there is a condition, but around what it encloses at the begin of a sum. A relation is an event as a case distinction that is 1 where
 * it holds.
 */
final class Events {
    private final Atoms atoms;
    private final Cursor cursor;

    Events(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    Expr probability() {
        Token sign = cursor.next();
        Token open = cursor.next();
        Expr event = union();
        if (cursor.peek().is(Kind.BAR)) {
            cursor.next();
            event = cursor.make(Call.of(Function.GIVEN, event, union()), open.end());
        }
        cursor.expectClose(open, open.text().equals("[") ? "]" : ")");
        return cursor.make(Call.of(Function.PROBABILITY, event), sign.start());
    }

    /** Whether the name here stands before a bracket with a bar that encloses nothing: {@code E[X|Y]}. */
    static boolean isConditional(Cursor cursor) {
        int open = cursor.index() + 1;
        if (!cursor.token(open).is(Kind.OPEN)) {
            return false;
        }
        int bars = 0;
        for (int i = open + 1; i < cursor.closing(open); i++) {
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
            bars += cursor.token(i).is(Kind.BAR, "|") ? 1 : 0;
        }
        return bars % 2 == 1;
    }

    /** {@code E[X|Y]}, {@code Var(X|Y = y)}: of a random quantity under a condition. */
    Expr mean(Function function) {
        Token sign = cursor.next();
        Token open = cursor.next();
        Expr quantity = atoms.grammar.insideBars();
        if (!cursor.accept(Kind.BAR, "|")) {
            throw cursor.unexpected(cursor.peek(), "|");
        }
        Expr given = cursor.make(Call.of(Function.GIVEN, quantity, union()), open.end());
        cursor.expectClose(open, open.text().equals("[") ? "]" : ")");
        return cursor.make(Call.of(function, given), sign.start());
    }

    private Expr union() {
        cursor.enter();
        int start = cursor.peek().start();
        List<Expr> parts = new ArrayList<>(List.of(both()));
        while (cursor.acceptOperator("∪")) {
            parts.add(both());
        }
        cursor.leave();
        return parts.size() == 1 ? parts.getFirst() : cursor.make(new Call(Function.UNION, parts), start);
    }

    private Expr both() {
        int start = cursor.peek().start();
        List<Expr> parts = new ArrayList<>(List.of(single()));
        while (cursor.acceptOperator("∩") || cursor.acceptOperator(",")) {
            parts.add(single());
        }
        return parts.size() == 1 ? parts.getFirst() : cursor.make(new Call(Function.INTERSECTION, parts), start);
    }

    private Expr single() {
        int start = cursor.peek().start();
        if (cursor.peek().is(Kind.OPEN, "(") && holdsEvents()) {
            Token open = cursor.next();
            Expr inside = union();
            cursor.expectClose(open, ")");
            boolean raised = cursor.peek().isOperator("^") && cursor.peek(1).is(Kind.NAME, "c");
            if (raised || cursor.peek().isOperator("'")) {
                cursor.moveTo(cursor.index() + (raised ? 2 : 1));
                return cursor.make(new Expr.Power(inside, SetSigns.COMPLEMENT), start);
            }
            return inside;
        }
        Expr first = atoms.grammar.insideBars();
        if (!cursor.peek().is(Kind.RELATION)) {
            return first;
        }
        List<Expr> sides = new ArrayList<>(List.of(first));
        List<Statement.Operator> operators = new ArrayList<>();
        while (cursor.peek().is(Kind.RELATION)) {
            operators.add(Relations.operator(cursor, cursor.next()));
            sides.add(atoms.grammar.insideBars());
        }
        Piecewise.Branch holds = new Piecewise.Branch(Num.of(1), new Statement.Relation(sides, operators));
        return cursor.make(new Piecewise(List.of(holds)), start);
    }

    /** Whether the bracket here holds signs between events. */
    private boolean holdsEvents() {
        for (int i = cursor.index() + 1; i < cursor.closing(cursor.index()); i++) {
            if (cursor.token(i).isOperator("∩") || cursor.token(i).isOperator("∪")) {
                return true;
            }
        }
        return false;
    }
}
