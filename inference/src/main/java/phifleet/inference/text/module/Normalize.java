package phifleet.inference.text.module;

import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.Embeddings;

/** Scales a vector to length one, where something follows that wants it so. */
public record Normalize() implements VectorModule {
    @Override
    public Vector apply(Vector vector) {
        return Embeddings.finish(vector, vector.dimension(), true);
    }

    @Override
    public int width(int width) {
        return width;
    }

    @Override
    public String label() {
        return "normalize";
    }
}
