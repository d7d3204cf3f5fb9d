package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.serving.Drift;
import phifleet.inference.serving.ResidentModel;
import phifleet.worker.residence.Descent.End;
import phifleet.worker.residence.Descent.Standing;

class DescentTest {
    private final List<String> tried = new ArrayList<>();

    /** Versions that cannot be loaded. */
    private final Set<String> broken = new HashSet<>();

    /** What is loaded has a name alone. */
    @SuppressWarnings("NullAway")
    private End from(Shelf.Found found, @Nullable Standing standing) throws Exception {
        return new Descent(spec -> {
                    tried.add(spec.version());
                    if (broken.contains(spec.version())) {
                        throw new ModelException("no " + spec.version());
                    }
                    return new ResidentModel(null, null, null, null, Drift.UNKNOWN);
                })
                .from(found, standing);
    }

    /** Each with its number for a mark. */
    private static Shelf.Found versions(String... newestFirst) {
        List<String> rest = List.of(newestFirst).subList(1, newestFirst.length);
        return new Shelf.Found(
                EmbeddedModel.ALL_MINILM_L6_V2.spec().as(newestFirst[0]),
                newestFirst[0],
                List.of(),
                () -> rest.isEmpty() ? Optional.empty() : Optional.of(versions(rest.toArray(String[]::new))));
    }

    private static List<String> faults(End end) {
        return end.faults().stream()
                .map(fault -> fault.version() + " " + fault.reason())
                .toList();
    }

    @Test
    void newestLoads_othersAreLeft() throws Exception {
        End end = from(versions("3", "2"), null);
        assertThat(end)
                .isInstanceOfSatisfying(
                        End.Loaded.class, loaded -> assertThat(loaded.mark()).isEqualTo("3"));
        assertThat(tried).containsExactly("3");
        assertThat(faults(end)).isEmpty();
    }

    @Test
    void newestIsBroken_theOneBeforeIsLoaded() throws Exception {
        broken.addAll(Set.of("4", "3"));
        End end = from(versions("4", "3", "2", "1"), null);
        assertThat(end)
                .isInstanceOfSatisfying(
                        End.Loaded.class, loaded -> assertThat(loaded.mark()).isEqualTo("2"));
        assertThat(faults(end)).containsExactly("4 no 4", "3 no 3");
    }

    @Test
    void allAreBroken_eachIsNamed() {
        broken.addAll(Set.of("2", "1"));
        assertThatThrownBy(() -> from(versions("2", "1"), null))
                .isInstanceOf(ModelException.class)
                .hasMessage("version 2: no 2; version 1: no 1");
    }

    @Test
    void oneAlone_failsByItsOwnReason() {
        broken.add("1");
        assertThatThrownBy(() -> from(versions("1"), null)).hasMessage("no 1");
    }

    @Test
    void whatStands_isNotLoadedAgain_unlessItsFilesChanged() throws Exception {
        broken.add("3");
        assertThat(from(versions("3", "2"), new Standing("2", "2"))).isInstanceOf(End.Stands.class);
        assertThat(tried).containsExactly("3");
        assertThat(from(versions("3", "2"), new Standing("2", "earlier"))).isInstanceOf(End.Loaded.class);
        assertThat(from(versions("3", "2"), new Standing("2", ""))).isInstanceOf(End.Loaded.class);
    }

    @Test
    void whatStands_whoseFilesBroke_goesOn() throws Exception {
        broken.add("3");
        End end = from(versions("3", "2"), new Standing("3", "earlier"));
        assertThat(end).isInstanceOf(End.Stands.class);
        assertThat(faults(end)).containsExactly("3 no 3");
        assertThat(tried).as("an older one is not taken for it").containsExactly("3");
    }

    @Test
    void whatStands_whoseFolderIsGone_isReplaced() throws Exception {
        broken.add("3");
        assertThat(from(versions("3", "2"), new Standing("4", "4"))).isInstanceOf(End.Loaded.class);
        assertThat(tried).containsExactly("3", "2");
    }
}
