package phifleet.inference.text;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sentence encoders of a worker, by id and by alias. Immutable; empty while none is loaded yet. */
public final class Encoders {
    private static final Encoders NONE = new Encoders(List.of());

    private final List<SentenceEncoder> all;
    private final Map<String, SentenceEncoder> byName = new LinkedHashMap<>();

    /**
     * @param all the first is the default
     * @throws IllegalArgumentException if two of them share a name
     */
    public Encoders(List<SentenceEncoder> all) {
        this.all = List.copyOf(all);
        for (SentenceEncoder encoder : this.all) {
            Set<String> names = new LinkedHashSet<>(encoder.description().aliases());
            names.add(encoder.description().id());
            names.forEach(name -> add(name, encoder));
        }
    }

    public static Encoders none() {
        return NONE;
    }

    /** The encoder with this id or alias; the default for null; null where there is none. */
    public @Nullable SentenceEncoder find(@Nullable String name) {
        if (name == null) {
            return all.isEmpty() ? null : all.getFirst();
        }
        return byName.get(name);
    }

    public List<SentenceEncoder> all() {
        return all;
    }

    private void add(String name, SentenceEncoder encoder) {
        SentenceEncoder other = byName.putIfAbsent(name, encoder);
        if (other != null) {
            throw new IllegalArgumentException("two models have the name '" + name + "': "
                    + other.description().id() + " and " + encoder.description().id());
        }
    }
}
