package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.table.ResourceRows;

/**
 * What nuclei send out, take up and decay into.
 *
 * @param nucleons baryons less antibaryons
 * @param charge in elementary charges
 * @param leptons leptons less antileptons
 * @param family of a lepton, {@code electron}; empty where none is told
 * @param isTold whether its spelling can be nothing but a particle's, {@code e^-}, {@code ν̄}; {@code n} and {@code p} can be anything
 */
record Particle(int nucleons, int charge, int leptons, String family, boolean isTold) {
    /** What stands for an element: its leptons are not counted. */
    static final Particle NONE = new Particle(0, 0, 0, "", false);

    private static final Map<String, Particle> BY_NAME = new HashMap<>();

    static {
        for (List<String> row : ResourceRows.of(Particle.class, "particles.txt", 5)) {
            for (String name : List.of(row.getFirst().split(" "))) {
                boolean told = name.length() > 1 || name.equals("ν");
                BY_NAME.put(
                        name,
                        new Particle(number(row.get(1)), number(row.get(2)), number(row.get(3)), row.get(4), told));
            }
        }
    }

    private static int number(String cell) {
        return Integer.parseInt(cell);
    }

    /** By its letter, {@code _} and index, {@code ^} and charge, without braces; a bar is U+0304 behind its letter. */
    static Optional<Particle> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    boolean isNeutrino() {
        return nucleons == 0 && charge == 0 && leptons != 0;
    }
}
