/**
 * The tree of an equation: immutable values, equal by structure, no behaviour beyond looking at themselves.
 *
 * <p>{@link phifleet.equations.ast.Statement} is what was written as a whole (a relation, a system, a reaction, a bare
 * expression); {@link phifleet.equations.ast.Expr} is everything inside. Both are sealed: switch over them without
 * {@code default}. Where a node stood in the source is kept apart, in {@link phifleet.equations.ast.SourceMap}, so that
 * spelling never takes part in equality.
 *
 * <p>Trees that the parser builds are at most {@link phifleet.equations.ast.Trees#MAX_DEPTH} deep and have at most
 * {@link phifleet.equations.ast.Trees#MAX_NODES} nodes, so plain recursion over them is safe.
 */
@NullMarked
package phifleet.equations.ast;

import org.jspecify.annotations.NullMarked;
