package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Which numbers symbols stand for, where the text says so beside what it claims: {@code … , x ∈ ℝ}, {@code ∀x: …},
 * {@code … for all a, b ∈ ℝ}, {@code … (n ∈ ℤ)}, {@code … , a, b > 0}. A text that is nothing else is a claim itself and stays.
 *
 * @param tokens those of the claim
 * @param assumptions what is said of the symbols, as a request's assumptions are written: {@code x real}, {@code n > 0}
 * @param forAll whether the claim is made for all values
 */
public record SideConditions(List<Token> tokens, List<String> assumptions, boolean forAll) {
    private static final Set<String> WORDS =
            Set.of("for", "all", "every", "each", "any", "where", "with", "if", "when", "let", "and");
    /** Words before the case in which something holds. */
    private static final Set<String> CASE = Set.of("for", "if", "when", "where", "with");

    private static final Set<String> ALL = Set.of("all", "every", "each", "any");
    private static final Map<String, String> DOMAINS = Map.of(
            "ℝ",
            "real",
            "ℚ",
            "real",
            "ℂ",
            "complex",
            "ℤ",
            "integer",
            "ℕ",
            "natural",
            "ℝ+",
            "positive",
            "ℚ+",
            "positive",
            "ℤ+",
            "natural",
            "ℕ+",
            "natural");

    public SideConditions {
        tokens = List.copyOf(tokens);
        assumptions = List.copyOf(assumptions);
    }

    /** The tokens without what is a condition, and that by itself. */
    public static SideConditions taken(String source, List<Token> tokens, Notes notes) {
        SideConditions none = new SideConditions(tokens, List.of(), false);
        boolean any = tokens.stream()
                .anyMatch(token -> NumberSets.isSet(token)
                        || !NumberKinds.of(token).isEmpty()
                        || Reader.isAll(token)
                        || token.is(Kind.RELATION, ">")
                        || token.is(Kind.RELATION, "≥"));
        return any ? new Reader(source, tokens).read(notes) : none;
    }

    /** What a piece of the text is that separating signs and words enclose. */
    private enum Part {
        SYMBOL,
        MEMBERSHIP,
        BOUND,
        CLAIM
    }

    /**
     * A piece of the text.
     *
     * @param from its first token
     * @param to one past its last
     * @param all whether it stands behind “for all”
     * @param worded whether a word such as “for” or “if” stands before it
     */
    private record Piece(Part part, int from, int to, boolean all, boolean worded) {}

    /** Reads one text. */
    private static final class Reader {
        private final String source;
        private final List<Token> in;
        /** One past the last token that counts: the bracket of a condition at the end is a separator. */
        private final int end;

        private final int bracket;

        Reader(String source, List<Token> tokens) {
            this.source = source;
            this.in = tokens;
            this.end = tokens.size() - 1;
            this.bracket = lastBracket();
        }

        SideConditions read(Notes notes) {
            List<Piece> pieces = pieces();
            boolean quantified = pieces.stream().anyMatch(Piece::all);
            boolean member = pieces.stream().anyMatch(piece -> piece.part() == Part.MEMBERSHIP);
            boolean claims = pieces.stream().anyMatch(piece -> piece.part() == Part.CLAIM);
            List<String> assumptions = new ArrayList<>();
            List<Token> claim = new ArrayList<>();
            int kept = -1;
            List<Piece> names = new ArrayList<>();
            for (Piece piece : pieces) {
                boolean bound = piece.part() == Part.BOUND
                        && (claims || piece.all())
                        && (quantified || member || piece.worded() || !names.isEmpty() || !assumptions.isEmpty());
                if (piece.part() == Part.SYMBOL && (kept >= 0 || piece.all() || !names.isEmpty() || member)) {
                    names.add(piece);
                } else if (piece.part() == Part.MEMBERSHIP || bound) {
                    names.add(piece);
                    String domain = domain(piece);
                    names.forEach(name -> assumptions.add(text(name) + " " + domain));
                    names.clear();
                } else {
                    kept = keep(claim, names, piece, kept, assumptions);
                }
            }
            kept = keep(claim, names, null, kept, assumptions);
            boolean isCondition = kept >= 0 && !assumptions.isEmpty();
            if (isCondition) {
                claim.add(in.getLast());
                notes.warn(
                        "side_condition",
                        "What stands beside the equation is read as what its symbols stand for: "
                                + String.join(", ", assumptions) + ".",
                        0,
                        source.length());
            }
            return new SideConditions(isCondition ? claim : in, assumptions, isCondition && quantified);
        }

        /** Adds a claim, with the signs before it where others were; names that no condition followed are claims too, or are meant for all. */
        private int keep(
                List<Token> claim, List<Piece> names, @Nullable Piece piece, int kept, List<String> assumptions) {
            int last = kept;
            for (Piece name : names) {
                if (name.all()) {
                    assumptions.add(text(name) + " real");
                } else {
                    last = put(claim, name, last);
                }
            }
            names.clear();
            return piece == null ? last : put(claim, piece, last);
        }

        private int put(List<Token> claim, Piece piece, int last) {
            if (last >= 0) {
                int sign = piece.from() - 1;
                boolean separated = sign >= last
                        && in.get(sign).is(Kind.OPERATOR)
                        && !in.get(sign).isOperator("∀");
                boolean word = sign >= last && !separated && isWord(in.get(sign));
                if (separated || word) {
                    claim.add(in.get(sign));
                }
            }
            claim.addAll(in.subList(piece.from(), piece.to()));
            return piece.to();
        }

        private String domain(Piece piece) {
            Token last = in.get(piece.to() - 1);
            if (piece.part() == Part.MEMBERSHIP) {
                String kind = NumberKinds.of(last);
                return !kind.isEmpty() ? kind : DOMAINS.getOrDefault(last.text(), "real");
            }
            String sign = in.get(piece.to() - 2).text();
            // n ≥ 1 is n > 0 for whole numbers, and no less is said of others.
            return (last.is(Kind.NUMBER, "1") ? ">" : sign) + " 0";
        }

        private String text(Piece piece) {
            int last = piece.part() == Part.SYMBOL ? piece.to() : symbolEnd(piece.from(), piece.to());
            return source.substring(
                    in.get(piece.from()).start(), in.get(last - 1).end());
        }

        private List<Piece> pieces() {
            List<Piece> pieces = new ArrayList<>();
            boolean all = false;
            boolean colon = false;
            int depth = 0;
            int from = 0;
            for (int i = 0; i <= end; i++) {
                Token token = in.get(i);
                boolean splits = i == end || (depth == 0 && separates(i, colon));
                if (splits || (depth == 0 && isGap(i))) {
                    if (i > from) {
                        pieces.add(new Piece(part(from, i), from, i, all, from > 0 && isCase(in.get(from - 1))));
                        boolean list = token.isOperator(",") && pieces.getLast().part() == Part.SYMBOL;
                        all &= list;
                    }
                    from = splits ? i + 1 : i;
                }
                boolean quantifier = splits && i < end && isAll(token);
                all |= quantifier;
                boolean member = i < end && NumberSets.isSet(token);
                colon = (colon || quantifier || member) && !token.isOperator(":");
                if (!splits) {
                    depth += opens(token) ? 1 : closes(token) ? -1 : 0;
                }
            }
            return pieces;
        }

        private static boolean opens(Token token) {
            return token.is(Kind.OPEN)
                    || (token.is(Kind.COMMAND) && token.text().startsWith("begin:"));
        }

        private static boolean closes(Token token) {
            return token.is(Kind.CLOSE)
                    || (token.is(Kind.COMMAND) && token.text().startsWith("end:"));
        }

        private boolean separates(int i, boolean colon) {
            Token token = in.get(i);
            return token.isOperator(",")
                    || token.isOperator(";")
                    || token.isOperator("\\\\")
                    || token.isOperator("∀")
                    || (colon && token.isOperator(":"))
                    || isWord(token)
                    || i == bracket
                    || (bracket >= 0 && i == end - 1);
        }

        /** Whether the space of a formula's margin stands before that token. */
        private boolean isGap(int i) {
            return i > 0
                    && i < end
                    && source.indexOf("\\q", in.get(i - 1).end()) >= 0
                    && source.indexOf("\\q", in.get(i - 1).end()) < in.get(i).start();
        }

        private static boolean isWord(Token token) {
            return (token.is(Kind.LETTERS) && WORDS.contains(token.text()))
                    || (token.is(Kind.TEXT)
                            && Set.of(token.text().strip().split("\\s+")).stream()
                                    .allMatch(WORDS::contains));
        }

        private static boolean isCase(Token token) {
            return isWord(token) && CASE.contains(token.text().strip());
        }

        private static boolean isAll(Token token) {
            return token.isOperator("∀")
                    || (isWord(token)
                            && List.of(token.text().strip().split("\\s+")).stream()
                                    .anyMatch(ALL::contains));
        }

        /** The bracket that opens behind the claim and closes at the end, where it holds a membership; else -1. */
        private int lastBracket() {
            if (end < 1 || !in.get(end - 1).is(Kind.CLOSE, ")")) {
                return -1;
            }
            boolean member = false;
            int depth = 0;
            for (int i = end - 1; i >= 0; i--) {
                Token token = in.get(i);
                depth += token.is(Kind.CLOSE) ? 1 : token.is(Kind.OPEN) ? -1 : 0;
                member |= NumberSets.isSet(token) || !NumberKinds.of(token).isEmpty();
                if (depth == 0) {
                    return member && i > 0 ? i : -1;
                }
            }
            return -1;
        }

        private Part part(int from, int to) {
            if (isSymbol(from, to)) {
                return Part.SYMBOL;
            }
            Token last = in.get(to - 1);
            int symbolEnd = symbolEnd(from, to);
            if (symbolEnd > from
                    && symbolEnd < to
                    && !NumberKinds.of(last).isEmpty()
                    && in.subList(symbolEnd, to - 1).stream().allMatch(NumberKinds::isBeside)) {
                return Part.MEMBERSHIP;
            }
            if (to - from > 2 && isSymbol(from, to - 2)) {
                Token sign = in.get(to - 2);
                boolean above = sign.is(Kind.RELATION, ">") || sign.is(Kind.RELATION, "≥");
                if (sign.isOperator("∈") && NumberSets.isSet(last)) {
                    return Part.MEMBERSHIP;
                }
                boolean one = last.is(Kind.NUMBER, "1") && sign.is(Kind.RELATION, "≥");
                return above && (last.is(Kind.NUMBER, "0") || one) ? Part.BOUND : Part.CLAIM;
            }
            return Part.CLAIM;
        }

        /** One past the symbol that begins a piece; its beginning where none does. */
        private int symbolEnd(int from, int to) {
            for (int length = Math.min(3, to - from); length > 0; length--) {
                if (isSymbol(from, from + length)) {
                    return from + length;
                }
            }
            return from;
        }

        /** Whether a letter stands there, with its index or without. */
        private boolean isSymbol(int from, int to) {
            Token first = in.get(from);
            boolean letter = first.is(Kind.NAME)
                    || (first.is(Kind.LETTERS) && first.text().length() == 1);
            boolean indexed = to - from == 3
                    && in.get(from + 1).isOperator("_")
                    && (in.get(from + 2).isSymbol() || in.get(from + 2).is(Kind.NUMBER));
            return letter
                    && (to - from == 1
                            || indexed
                            || (to - from == 2 && in.get(from + 1).is(Kind.SUBSCRIPT)));
        }
    }
}
