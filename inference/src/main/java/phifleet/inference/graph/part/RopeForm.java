package phifleet.inference.graph.part;

import phifleet.inference.model.ModelException;

/**
 * How a config.json says how places turn: up to transformers 4 by {@code rope_theta} and {@code rope_scaling}, since 5 by
 * {@code rope_parameters}, which may have a section a kind of layers. Release 5 reads the older form too, and release 4 not the later.
 *
 * @param config the whole
 * @param own the section that speaks
 * @param isLater whether it is of the later form
 */
public record RopeForm(Config config, Config own, boolean isLater) {
    private static final String LATER = "rope_parameters";
    private static final String EARLIER = "rope_scaling";
    private static final String SHARE = "partial_rotary_factor";

    public static RopeForm of(Config config) throws ModelException {
        boolean later = config.hasAny(LATER);
        if (later && config.isBefore5()) {
            throw config.refused(LATER + " is not read by transformers " + config.release()
                    + ", which transformers_version names; rope_theta and " + EARLIER + " are");
        }
        if (later && config.hasAny(EARLIER) && !config.list(LATER).equals(config.list(EARLIER))) {
            throw config.refused(
                    EARLIER + " stands beside " + LATER + ", and transformers reads the one without the other: "
                            + EARLIER + " must be left out, or hold all that is meant and stand alone");
        }
        return new RopeForm(config, config.section(later ? LATER : EARLIER), later);
    }

    /** What is said of one kind of layers. */
    RopeForm of(String kind) throws ModelException {
        if (isLater && (own.has("rope_theta") || own.has("rope_type") || own.has("type"))) {
            throw config.refused(LATER + " must have a section for each kind of layers, such as " + kind);
        }
        return isLater ? new RopeForm(config, own.section(kind), true) : this;
    }

    /**
     * The base of the angles.
     *
     * @param theta its key in the older form
     */
    public double base(String theta, double otherwise) throws ModelException {
        double usual = config.number(theta, otherwise);
        return config.isBefore5() ? usual : own.number("rope_theta", usual);
    }

    /**
     * The share of a head that turns.
     *
     * @param key its key in the older form
     */
    public double share(String key, double usual) throws ModelException {
        double said = config.number(key, usual);
        return config.isBefore5() ? said : own.number(SHARE, said);
    }

    void mustTurnWhole() throws ModelException {
        for (Config each : new Config[] {config, own}) {
            if (each.number(SHARE, 1) != 1) {
                throw each.refused(SHARE + " is " + each.number(SHARE) + "; only 1 is supported");
            }
        }
    }

    RopeScaling scaling() throws ModelException {
        return RopeScaling.read(own, config);
    }

    /** How scaled angles are called; both names of it must say the same, since releases differ in which goes first. */
    public static String type(Config scaling) throws ModelException {
        String type = scaling.text("rope_type", scaling.text("type", "default"));
        if (!scaling.text("type", type).equals(type)) {
            throw scaling.refused("rope_type is " + type + " and type " + scaling.text("type", "")
                    + "; they must be the same, or one of them be left out");
        }
        return type;
    }
}
