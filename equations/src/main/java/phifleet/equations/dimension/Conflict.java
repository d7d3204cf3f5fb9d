package phifleet.equations.dimension;

import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;

/**
 * Why a statement is not dimensionally consistent.
 *
 * @param rule what is broken
 * @param where the sub-expression that is wrong: a node of the checked tree itself, so that its place can be looked up
 * @param found its dimension in SI units, such as {@code kg·m·s⁻²}; {@code vector} or {@code scalar} for
 *     {@link Rule#VECTOR}
 * @param against what it was compared with, or null where a rule alone sets the expectation
 * @param expected what it should be, as {@code found} is written
 */
public record Conflict(
        Rule rule, Expr where, String found, @Nullable Expr against, String expected) {}
