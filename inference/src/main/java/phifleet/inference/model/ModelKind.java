package phifleet.inference.model;

/** What a model does; decides its route and the shape of its answers. */
public enum ModelKind {
    /** Texts in, one vector a text out. */
    SENTENCE_ENCODER("sentence-encoder");

    private final String label;

    ModelKind(String label) {
        this.label = label;
    }

    /** The name in configuration files and answers. */
    public String label() {
        return label;
    }
}
