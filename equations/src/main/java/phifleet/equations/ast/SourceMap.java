package phifleet.equations.ast;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where each node of a tree stood in the source. Kept beside the tree, by identity: equal nodes at two places keep their
 * own spans, and a rewritten node has none. Filled by the parser, then only read.
 */
public final class SourceMap {
    private final IdentityHashMap<Expr, Span> spans = new IdentityHashMap<>();

    /** Notes a place; a later note for the same node object wins. Returns the node. */
    public <T extends Expr> T put(T node, Span span) {
        if (!(node instanceof Expr.Constant)) {
            spans.put(node, span);
        }
        return node;
    }

    /** The place of this very node object, or null where it was not parsed but made. */
    public @Nullable Span of(Expr node) {
        return spans.get(node);
    }

    /** The place of this node, or else of the first of its parts that has one. */
    public @Nullable Span near(Expr node) {
        Span own = of(node);
        if (own != null) {
            return own;
        }
        for (Expr part : node.children()) {
            Span found = near(part);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
