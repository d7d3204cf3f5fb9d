package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        add("n n^0", 1, 0, 0);
        add("p p^+", 1, 1, 0);
        add("d D", 2, 1, 0);
        add("t T", 3, 1, 0);
        add("α α^2+ α^++", 4, 2, 0);
        add("γ", 0, 0, 0);
        add("e e^- e^-1 β β^- β^-1", 0, -1, 1);
        add("e^+ e^+1 β^+ β^+1", 0, 1, -1);
        add("μ^- τ^-", 0, -1, 1);
        add("μ^+ τ^+", 0, 1, -1);
        add("ν ν_e ν_μ ν_τ", 0, 0, 1);
        add("ν̄ ν̄_e ν̄_μ ν̄_τ", 0, 0, -1);
        add("π^+ K^+ W^+", 0, 1, 0);
        add("π^- K^- W^-", 0, -1, 0);
        add("π^0 K^0 K̄^0 Z^0", 0, 0, 0);
        add("n̄ n̄^0", -1, 0, 0);
        add("p̄ p̄^- p^-", -1, -1, 0);
        add("Λ Λ^0 Σ^0 Ξ^0 Δ^0", 1, 0, 0);
        add("Σ^+ Δ^+", 1, 1, 0);
        add("Σ^- Ξ^- Ω^- Δ^-", 1, -1, 0);
        add("Δ^++ Δ^2+", 1, 2, 0);
    }

    private static void add(String names, int nucleons, int charge, int leptons) {
        for (String name : List.of(names.split(" "))) {
            boolean told = name.length() > 1 || name.equals("ν");
            BY_NAME.put(name, new Particle(nucleons, charge, leptons, leptons == 0 ? "" : family(name), told));
        }
    }

    /** By its letter, {@code _} and index, {@code ^} and charge, without braces; a bar is U+0304 behind its letter. */
    static Optional<Particle> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static String family(String name) {
        return name.contains("μ")
                ? "muon"
                : name.contains("τ")
                        ? "tauon"
                        : name.startsWith("e") || name.contains("β") || name.endsWith("e") ? "electron" : "";
    }

    boolean isNeutrino() {
        return nucleons == 0 && charge == 0 && leptons != 0;
    }
}
