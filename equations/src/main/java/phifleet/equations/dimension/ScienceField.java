package phifleet.equations.dimension;

/** A field of science: what an equation is about weights what its letters mean, jointly. */
enum ScienceField {
    MECHANICS("mech"),
    ASTRONOMY("astro"),
    FLUIDS("fluid"),
    SOLIDS("solid"),
    THERMODYNAMICS("thermo"),
    STATISTICAL_PHYSICS("stat"),
    ELECTROMAGNETISM("em"),
    CIRCUITS("circ"),
    WAVES("wave"),
    OPTICS("optic"),
    QUANTUM_PHYSICS("quant"),
    NUCLEAR_PHYSICS("nuc"),
    RELATIVITY("rel"),
    CHEMISTRY("chem"),
    SEMICONDUCTORS("semi"),
    MATHEMATICS("math"),
    ENGINEERING("eng");

    private final String tag;

    ScienceField(String tag) {
        this.tag = tag;
    }

    /** Its name in the table of meanings. */
    String tag() {
        return tag;
    }
}
