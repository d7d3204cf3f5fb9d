package phifleet.equations.grammar.token;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Statement.Reaction;
import phifleet.equations.ast.Statement.Reaction.Species;

/**
 * Recognises decays and reactions of nuclei and particles, {@code ^{14}_6C → ^{14}_7N + e^- + ν̄_e}, {@code U-235 + n → …} and {@code
 * ^{14}N(α,p)^{17}O}: sides of nuclides with their mass numbers and of known particles. Electrons of the atoms are not counted, so the charge
 * of an ion says nothing; energy that is set free has no nucleons.
 */
public final class NuclearReader {
    /** Units of text, at most. */
    private static final int MAX_LENGTH = 600;
    /** What is counted where neutrinos are written; of a family where all are told. */
    private static final String LEPTONS = "lepton number";

    private static final Pattern COMPACT = Pattern.compile("(.+?)\\(\\s*([^(),]+)\\s*,\\s*([^(),]+)\\s*\\)(.+)");
    private static final String NAME = "\\{?(?<name>[A-Z][a-z]?|[npdteαβγ])\\}?";
    private static final String ABOVE = "\\^\\s*\\{?\\s*(?<%s>\\d{1,3})m?\\d?\\s*\\}?";
    private static final String BELOW = "_\\s*\\{?\\s*(?<%s>[+-]?\\d{1,3})\\s*\\}?";
    private static final String COUNT = "(?<count>[1-9]\\d{0,2}(?=[\\s^_a-zα-ω]|[A-Z]))?\\s*";
    private static final String ION = "(?:\\^?\\{?\\d*[+-]{1,2}\\}?)?";
    /** Marks before the symbol, in either order, or both sides of it. */
    private static final List<Pattern> NUCLIDES = List.of(
            Pattern.compile(
                    COUNT + ABOVE.formatted("mass") + "\\s*(?:" + BELOW.formatted("protons") + ")?\\s*" + NAME + ION),
            Pattern.compile(
                    COUNT + BELOW.formatted("protons") + "\\s*" + ABOVE.formatted("mass") + "\\s*" + NAME + ION),
            Pattern.compile(COUNT + "(?<name>[A-Z][a-z]?)-(?<mass>\\d{1,3})m?(?<protons>(?!))?"));

    private static final Pattern PARTICLE = Pattern.compile(COUNT + "(?<name>\\p{L}\u0304?)(?<marks>[_^].*)?");
    private static final Pattern ENERGY = Pattern.compile(
            "(?:\\d+(?:[.,]\\d+)?\\s*)?(?:[kMG]?eV|J)|Q|E|[Ee]nergy|heat", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern START = Pattern.compile(
            "[\\s$\\\\(\\[]*(?:\\\\(?:ce|mathrm|text)\\s*\\{)?\\s*(?:\\{\\}|[\\^_⁰¹²³⁴-⁹₀-₉]|[A-Z][a-z]?-\\d).*",
            Pattern.DOTALL);
    private static final Pattern ARROW = Pattern.compile("->|→|⟶|=>|⇒|\\\\to(?![a-z])|arrow");

    /**
     * One part of a side.
     *
     * @param nuclide whether its mass number is written
     * @param fault what it says against itself
     */
    private record Part(
            Species species,
            Particle particle,
            boolean nuclide,
            @Nullable String fault) {
        boolean isTold() {
            return nuclide || particle.isTold();
        }
    }

    private NuclearReader() {}

    public static Optional<Reaction> read(String source) {
        boolean possible = ARROW.matcher(source).find() || START.matcher(source).matches();
        if (source.length() > MAX_LENGTH || !possible || source.indexOf('/') >= 0 || source.contains("\\frac")) {
            return Optional.empty();
        }
        String text = NuclearText.of(source);
        int arrow = text.indexOf("->");
        boolean equals = arrow < 0 && text.indexOf('=') > 0;
        if (arrow < 0 && !equals) {
            Matcher compact = COMPACT.matcher(text);
            return compact.matches()
                    ? reaction(
                            List.of(compact.group(1), compact.group(2)),
                            List.of(compact.group(3), compact.group(4)),
                            true)
                    : Optional.empty();
        }
        int at = equals ? text.indexOf('=') : arrow;
        String right = text.substring(at + (equals ? 1 : 2));
        return right.contains("->") || right.contains("=")
                ? Optional.empty()
                : reaction(NuclearText.terms(text.substring(0, at)), NuclearText.terms(right), equals);
    }

    /** {@code strict} where only nuclides on both sides tell that it is one. */
    private static Optional<Reaction> reaction(List<String> left, List<String> right, boolean strict) {
        List<Part> reactants = parts(left);
        List<Part> products = parts(right);
        boolean nuclides =
                reactants.stream().anyMatch(Part::nuclide) && products.stream().anyMatch(Part::nuclide);
        boolean particles = !strict
                && reactants.size() + products.size() > 2
                && (reactants.stream().anyMatch(Part::isTold)
                        || products.stream().anyMatch(Part::isTold));
        if (reactants.isEmpty() || products.isEmpty() || !(nuclides || particles)) {
            return Optional.empty();
        }
        List<Part> all = new ArrayList<>(reactants);
        all.addAll(products);
        List<Particle> neutrinos =
                all.stream().map(Part::particle).filter(Particle::isNeutrino).toList();
        boolean families = neutrinos.stream().noneMatch(one -> one.family().isEmpty());
        List<String> faults =
                all.stream().map(Part::fault).filter(Objects::nonNull).toList();
        return Optional.of(new Reaction(
                counted(reactants, !neutrinos.isEmpty(), families),
                counted(products, !neutrinos.isEmpty(), families),
                false,
                faults));
    }

    private static List<Species> counted(List<Part> parts, boolean leptons, boolean families) {
        return parts.stream()
                .map(part -> leptons ? withLeptons(part, families) : part.species())
                .toList();
    }

    private static Species withLeptons(Part part, boolean families) {
        Species one = part.species();
        SortedMap<String, BigInteger> counted = new TreeMap<>(one.atoms());
        Particle particle = part.particle();
        if (particle.leptons() != 0) {
            String name = families ? particle.family() + " " + LEPTONS : LEPTONS;
            counted.put(name, BigInteger.valueOf(particle.leptons()));
        }
        return new Species(one.coefficient(), one.formula(), counted, one.charge());
    }

    /** Empty where one of them is nothing of this kind. */
    private static List<Part> parts(List<String> terms) {
        List<Part> parts = new ArrayList<>();
        for (String term : terms) {
            if (!parts.isEmpty() && ENERGY.matcher(term).matches()) {
                continue;
            }
            Optional<Part> part = nuclide(term).or(() -> particle(term));
            if (part.isEmpty()) {
                return List.of();
            }
            parts.add(part.get());
        }
        return parts;
    }

    private static Optional<Part> nuclide(String term) {
        for (Pattern pattern : NUCLIDES) {
            Matcher matcher = pattern.matcher(term);
            if (matcher.matches()) {
                return nuclide(matcher);
            }
        }
        return Optional.empty();
    }

    private static Optional<Part> nuclide(Matcher matcher) {
        String name = matcher.group("name");
        int mass = Integer.parseInt(matcher.group("mass"));
        String written = matcher.group("protons");
        Optional<Particle> particle = Particle.of(name);
        boolean element = ChemicalElements.isElement(name);
        boolean anonymous = name.equals("X") || name.equals("Y");
        if (!element && particle.isEmpty() && !(anonymous && written != null)) {
            return Optional.empty();
        }
        int known = element
                ? ChemicalElements.protons(name)
                : particle.map(Particle::charge).orElse(0);
        int protons = written == null ? known : Integer.parseInt(written.replace("+", ""));
        if (element && mass < known) {
            return Optional.empty();
        }
        boolean beta = !element && (name.equals("e") || name.equals("β"));
        boolean wrong = !anonymous && (beta ? Math.abs(protons) != 1 || mass != 0 : protons != known);
        boolean alien = !element
                && !anonymous
                && !beta
                && mass != particle.map(Particle::nucleons).orElse(mass);
        String fault = wrong || alien
                ? name + " is written with the numbers " + mass + " and " + protons + ", which it cannot have"
                : null;
        Particle told = Particle.of(!beta ? name : protons > 0 ? "e^+" : "e^-")
                .filter(one -> !element)
                .orElse(Particle.NONE);
        return Optional.of(new Part(species(count(matcher), name + "-" + mass, mass, protons), told, true, fault));
    }

    private static Optional<Part> particle(String term) {
        Matcher matcher = PARTICLE.matcher(term);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String marks =
                matcher.group("marks") == null ? "" : matcher.group("marks").replaceAll("[{}\\s]", "");
        String name = matcher.group("name") + marks;
        return Particle.of(name)
                .map(found ->
                        new Part(species(count(matcher), name, found.nucleons(), found.charge()), found, false, null));
    }

    private static Species species(BigInteger count, String formula, int nucleons, int charge) {
        SortedMap<String, BigInteger> counted = new TreeMap<>();
        counted.put(Reaction.NUCLEONS, BigInteger.valueOf(nucleons));
        return new Species(count, formula, counted, charge);
    }

    private static BigInteger count(Matcher matcher) {
        String count = matcher.group("count");
        return count == null ? BigInteger.ONE : new BigInteger(count);
    }
}
