package phifleet.inference.model;

/** A step that a pooled vector goes through. Thread-safe. */
public interface VectorModule {

    /**
     * Takes the step.
     *
     * @return a new vector, or the same where nothing changes
     * @throws ModelException where the vector has not the width that the step takes
     */
    Vector apply(Vector vector) throws ModelException;

    /** How many numbers come out where {@code width} go in. */
    int width(int width);

    /** For people: {@code dense 768 to 3072}. */
    String label();
}
