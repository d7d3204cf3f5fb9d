package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The chemical elements by their symbols. */
final class ChemicalElements {
    /** By number of protons, from 1. */
    private static final List<String> SYMBOLS =
            List.of(("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn"
                            + " Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr"
                            + " Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np"
                            + " Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og")
                    .split(" "));
    /** The greatest number of protons. */
    static final int COUNT = SYMBOLS.size();

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < COUNT; i++) {
            NUMBERS.put(SYMBOLS.get(i), i + 1);
        }
    }

    private ChemicalElements() {}

    static boolean isElement(String symbol) {
        return NUMBERS.containsKey(symbol);
    }

    /** Protons of an element; 0 of what is none. */
    static int protons(String symbol) {
        return NUMBERS.getOrDefault(symbol, 0);
    }
}
