package phifleet.equations.ast;

import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** What one input says as a whole. Immutable, equal by structure. */
public sealed interface Statement {

    /** Two or more sides with a relation between each two: {@code a = b}, {@code 0 < x ≤ 1}. */
    record Relation(List<Expr> sides, List<Operator> operators) implements Statement {
        public Relation {
            sides = List.copyOf(sides);
            operators = List.copyOf(operators);
            if (sides.size() < 2 || operators.size() != sides.size() - 1) {
                throw new IllegalArgumentException(sides.size() + " sides with " + operators.size() + " relations");
            }
        }

        public static Relation equal(Expr left, Expr right) {
            return new Relation(List.of(left, right), List.of(Operator.EQUAL));
        }

        public Expr left() {
            return sides.getFirst();
        }

        public Expr right() {
            return sides.getLast();
        }

        /** Each two neighbours with the relation between them. */
        public List<Relation> pairs() {
            return IntStream.range(0, operators.size())
                    .mapToObj(i -> new Relation(sides.subList(i, i + 2), List.of(operators.get(i))))
                    .toList();
        }

        /** Whether it is one equation of two sides ({@code =} or {@code ≡}). */
        public boolean isEquation() {
            return sides.size() == 2
                    && (operators.getFirst() == Operator.EQUAL || operators.getFirst() == Operator.IDENTICAL);
        }
    }

    /** Several statements given at once: a system of equations. */
    record Several(List<Statement> members) implements Statement {
        public Several {
            members = List.copyOf(members);
            if (members.size() < 2) {
                throw new IllegalArgumentException("a system of " + members.size());
            }
        }
    }

    /** An expression without any relation. */
    record Bare(Expr expression) implements Statement {}

    /**
     * A reaction, of chemistry {@code 2 H2 + O2 -> 2 H2O} or of nuclei {@code ^{14}_6C -> ^{14}_7N + e^-}.
     *
     * @param faults what participants say against themselves, in words: carbon with seven protons
     */
    record Reaction(List<Species> reactants, List<Species> products, boolean reversible, List<String> faults)
            implements Statement {
        /** What each participant of a reaction of nuclei has, none included. */
        public static final String NUCLEONS = "nucleons";

        public Reaction {
            reactants = List.copyOf(reactants);
            products = List.copyOf(products);
            faults = List.copyOf(faults);
        }

        /** Whether nucleons are counted in it, not atoms. */
        public boolean isOfNuclei() {
            return reactants.getFirst().atoms().containsKey(NUCLEONS);
        }

        /**
         * One participant.
         *
         * @param coefficient at least 1
         * @param formula as written, without coefficient and state: {@code H2O}, {@code Fe(OH)3}, {@code SO4^2-}
         * @param atoms how many atoms of each element one unit holds; of nuclei how much of each thing that no reaction changes
         * @param charge in elementary charges
         */
        public record Species(
                BigInteger coefficient, String formula, SortedMap<String, BigInteger> atoms, int charge) {}
    }

    enum Operator {
        EQUAL("="),
        IDENTICAL("≡"),
        APPROXIMATE("≈"),
        NOT_EQUAL("≠"),
        LESS("<"),
        LESS_OR_EQUAL("≤"),
        GREATER(">"),
        GREATER_OR_EQUAL("≥"),
        PROPORTIONAL("∝"),
        TENDS_TO("→");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** The Unicode sign. */
        public String sign() {
            return sign;
        }
    }
}
