package phifleet.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models that are served, by id and by alias. Immutable: a model that comes or goes makes another catalogue. */
public final class Catalogue {
    private static final Catalogue EMPTY = new Catalogue(List.of());

    private final List<ServedModel> all;
    private final Map<String, ServedModel> byName = new LinkedHashMap<>();

    /**
     * What a look-up found.
     *
     * @param <T> the kind of model that was asked for
     */
    public sealed interface Found<T extends ServedModel> {

        record Model<T extends ServedModel>(T model) implements Found<T> {}

        /** Why there is none. */
        sealed interface Missing<T extends ServedModel> extends Found<T> {}

        /** No model has this name. */
        record Unknown<T extends ServedModel>(String name) implements Missing<T> {}

        /** The model of this name does something else. */
        record OtherKind<T extends ServedModel>(ServedModel model) implements Missing<T> {}

        /** No name was given, and no model does this. */
        record NoneOfKind<T extends ServedModel>() implements Missing<T> {}
    }

    /**
     * @param all of those of a kind the first is the default
     * @throws IllegalArgumentException if two of them share a name
     */
    public Catalogue(List<? extends ServedModel> all) {
        this.all = List.copyOf(all);
        for (ServedModel model : this.all) {
            Set<String> names = new LinkedHashSet<>(model.description().aliases());
            names.add(model.description().id());
            names.forEach(name -> add(name, model));
        }
    }

    public static Catalogue empty() {
        return EMPTY;
    }

    /**
     * Looks a model up.
     *
     * @param name an id or alias; null for the default of this kind
     * @param kind what the caller can use
     */
    public <T extends ServedModel> Found<T> find(@Nullable String name, Class<T> kind) {
        if (name == null) {
            List<T> ofKind = all(kind);
            return ofKind.isEmpty() ? besides(kind) : new Found.Model<>(ofKind.getFirst());
        }
        ServedModel model = byName.get(name);
        if (model == null) {
            return new Found.Unknown<>(name);
        }
        T found = model.as(kind);
        return found == null ? new Found.OtherKind<>(model) : new Found.Model<>(found);
    }

    /** The first that is of a kind besides what it is for. */
    private <T extends ServedModel> Found<T> besides(Class<T> kind) {
        for (ServedModel model : all) {
            T found = model.as(kind);
            if (found != null) {
                return new Found.Model<>(found);
            }
        }
        return new Found.NoneOfKind<>();
    }

    /**
     * The same with a model more, or with it in the place of the one that has its id.
     *
     * @throws IllegalArgumentException if another model has one of its names
     */
    public Catalogue with(ServedModel model) {
        List<ServedModel> next = new ArrayList<>(all);
        String id = model.description().id();
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).description().id().equals(id)) {
                next.set(i, model);
                return new Catalogue(next);
            }
        }
        next.add(model);
        return new Catalogue(next);
    }

    /**
     * Makes sure that a model can come, or take the place of the one of its id.
     *
     * @throws IllegalArgumentException if another model has one of its names
     */
    public void requireFree(String id, List<String> aliases) {
        Set<String> names = new LinkedHashSet<>(aliases);
        names.add(id);
        for (String name : names) {
            ServedModel other = byName.get(name);
            if (other != null && !other.description().id().equals(id)) {
                throw clash(name, other.description().id(), id);
            }
        }
    }

    /** The same without the model of that id. */
    public Catalogue without(String id) {
        return new Catalogue(all.stream()
                .filter(model -> !model.description().id().equals(id))
                .toList());
    }

    /** In the order of the settings, those that came later behind them. */
    public List<ServedModel> all() {
        return all;
    }

    /** Those that are for a kind, in the same order; not those that are of it besides. */
    public <T extends ServedModel> List<T> all(Class<T> kind) {
        List<T> ofKind = new ArrayList<>();
        for (ServedModel model : all) {
            if (kind.isInstance(model)) {
                ofKind.add(kind.cast(model));
            }
        }
        return ofKind;
    }

    private void add(String name, ServedModel model) {
        ServedModel other = byName.putIfAbsent(name, model);
        if (other != null) {
            throw clash(name, other.description().id(), model.description().id());
        }
    }

    private static IllegalArgumentException clash(String name, String first, String second) {
        return new IllegalArgumentException("two models have the name '" + name + "': " + first + " and " + second);
    }
}
