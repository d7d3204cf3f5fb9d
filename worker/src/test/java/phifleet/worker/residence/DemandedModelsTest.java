package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.common.CopyBounds;
import phifleet.common.CopyWishes;
import phifleet.inference.ServedModel;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.worker.http.state.OnDemand;

/** Loads on demand, by a residence that does what the test says, on the test's own thread and clock. */
class DemandedModelsTest implements DemandLoads {
    private static final long MB = 1 << 20;
    private static final Duration LOAD = Duration.ofSeconds(4);

    private final Map<String, ModelSpec> specs = new LinkedHashMap<>();
    private final List<Shelf.Dormant> dormant = new ArrayList<>();
    private final Map<String, ServedModel> served = new LinkedHashMap<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Map<String, Consumer<@Nullable Exception>> downloads = new HashMap<>();
    private final Map<String, Runnable> settling = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, Exception> faults = new HashMap<>();
    private final LoadHistory history = new LoadHistory();
    private long now = 1;
    private @Nullable DemandedModels models;

    private void model(String id, long bytes, boolean pinned) {
        model(id, bytes, pinned, CopyBounds.ANY);
    }

    private void model(String id, long bytes, boolean pinned, CopyBounds copies) {
        ModelSpec spec = IdleModel.spec(id, bytes);
        specs.put(id, spec);
        dormant.add(new Shelf.Dormant(id, List.of(), null, spec, "", pinned, null, false, copies));
        history.loaded(id, ModelFiles.kind(spec), bytes, bytes, LOAD);
    }

    private DemandedModels models(long budget) {
        DemandedModels made = new DemandedModels(
                dormant, budget, history, new DemandMetrics(new SimpleMeterRegistry()), () -> now, this);
        models = made;
        return made;
    }

    private DemandedModels models() {
        return Optional.ofNullable(models).orElseThrow();
    }

    private OnDemand.Call call(String id) {
        return models().call(id, now + Duration.ofSeconds(60).toNanos()).orElseThrow();
    }

    private void run() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private String state(String id) {
        return models().standings().stream()
                .filter(standing -> standing.id().equals(id))
                .map(standing -> standing.state().label())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(specs.get(id));
    }

    @Override
    public void fetch(String id, Consumer<@Nullable Exception> heard) {
        done.add("fetch " + id);
        downloads.put(id, heard);
    }

    @Override
    public void settle(String id, Runnable heard) {
        done.add("settle " + id);
        settling.put(id, heard);
    }

    @Override
    public void load(String id, boolean twice) {
        done.add((twice ? "load twice " : "load ") + id);
        Exception fault = faults.remove(id);
        if (fault != null) {
            models().failed(id, fault);
        } else {
            IdleModel model = new IdleModel(id);
            served.put(id, model);
            models().loaded(model, LOAD);
        }
    }

    @Override
    public void dismiss(String id) {
        done.add("dismiss " + id);
        models().left(id);
        served.remove(id);
    }

    @Override
    public List<ServedModel> served() {
        return List.copyOf(served.values());
    }

    @Override
    public boolean isStopping() {
        return false;
    }

    @Override
    public void run(Runnable step) {
        steps.add(step);
    }

    @Override
    public void later(Duration pause, Runnable step) {
        steps.add(() -> {
            pass(pause);
            step.run();
        });
    }

    @Test
    void calls_untilItIsThere_waitForOneLoad() {
        model("one", MB, false);
        models(4 * MB);
        assertThat(call("one")).isInstanceOfSatisfying(OnDemand.Call.Coming.class, coming -> {
            assertThat(coming.expected()).isEqualTo(LOAD);
            assertThat(coming.measured()).isTrue();
            assertThat(call("one"))
                    .isInstanceOfSatisfying(
                            OnDemand.Call.Coming.class,
                            other -> assertThat(other.done()).isSameAs(coming.done()));
            assertThat(state("one")).isEqualTo("loading");
            run();
            assertThat(coming.done()).isCompleted();
        });
        assertThat(done).containsExactly("load one");
        assertThat(state("one")).isEqualTo("ready");
        assertThat(models().call("unknown", now)).isEmpty();
    }

    @Test
    void call_behindOthers_isToldOfTheirLoadsToo() {
        model("one", MB, false);
        model("two", MB, false);
        models(4 * MB);
        call("one");
        assertThat(call("two"))
                .isInstanceOfSatisfying(
                        OnDemand.Call.Coming.class,
                        coming -> assertThat(coming.expected()).isEqualTo(LOAD.multipliedBy(2)));
    }

    @Test
    void load_withoutRoom_beginsWhenAnotherHasGoneAndIsClosed() {
        model("one", MB, false);
        model("two", MB, false);
        models(MB);
        call("one");
        run();
        call("two");
        run();
        assertThat(done)
                .as("it waits until the first has stayed thrice its load")
                .endsWith("dismiss one");
        assertThat(now).isGreaterThan(3 * LOAD.toNanos());
        assertThat(state("one")).isEqualTo("draining");
        call("one");
        run();
        assertThat(done).as("nothing loads before it is closed").endsWith("dismiss one");
        models().closed("one");
        run();
        assertThat(done).startsWith("load one", "dismiss one", "load two");
        assertThat(models().memory().usedBytes()).isLessThanOrEqualTo(MB);
    }

    @Test
    void load_besidePinnedOnes_isRefused_andNoneGoes() {
        model("pinned", MB, true);
        model("other", MB, false);
        models(MB + MB / 2);
        call("pinned");
        run();
        call("other");
        run();
        assertThat(done).containsExactly("load pinned");
        assertThat(call("other")).isInstanceOfSatisfying(OnDemand.Call.Refused.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().code()).isEqualTo("model_no_memory");
        });
    }

    @Test
    void load_thatFails_isTriedAgainAfterAPause_whichGrows() {
        model("gated", MB, false);
        models(4 * MB);
        Duration before = Duration.ZERO;
        for (int i = 0; i < 3; i++) {
            faults.put("gated", new ModelException("no", new HubException(HubException.Reason.GATED, "terms")));
            call("gated");
            run();
            OnDemand.Call refused = call("gated");
            assertThat(refused).isInstanceOf(OnDemand.Call.Refused.class);
            assertThat(((OnDemand.Call.Refused) refused).problem().code()).isEqualTo("model_gated");
            Duration pause = Optional.ofNullable(
                            ((OnDemand.Call.Refused) refused).problem().retryAfter())
                    .orElseThrow();
            assertThat(pause).isGreaterThan(before);
            before = pause;
            pass(pause);
        }
        call("gated");
        run();
        assertThat(done).hasSize(4);
        assertThat(state("gated")).isEqualTo("ready");
    }

    @Test
    void memory_thatEndsAllTheSame_takesOneAway_andOnlyOnce() {
        model("one", MB, false);
        model("two", MB, false);
        models(8 * MB);
        call("one");
        run();
        pass(LOAD.multipliedBy(4));
        faults.put("two", new ModelException("two: out of memory"));
        call("two");
        run();
        assertThat(done).containsExactly("load one", "load two", "dismiss one");
        faults.put("two", new ModelException("two: out of memory"));
        models().closed("one");
        run();
        assertThat(done).containsExactly("load one", "load two", "dismiss one", "load two");
        assertThat(call("two")).isInstanceOf(OnDemand.Call.Refused.class);
    }

    @Test
    void load_thatTookMoreThanReserved_makesAnotherGo() {
        model("one", MB, false);
        model("two", MB, false);
        models(2 * MB);
        call("one");
        run();
        pass(LOAD.multipliedBy(4));
        history.loaded("two", "graph fp32", MB, MB, LOAD);
        call("two");
        steps.remove().run();
        assertThat(models().memory().usedBytes()).isEqualTo(2 * MB);
        history.loaded("two", "graph fp32", MB, 2 * MB, LOAD);
        models().loaded(new IdleModel("two"), LOAD);
        models().start();
        steps.remove().run();
        assertThat(done).contains("dismiss one");
    }

    @Test
    void load_thatNobodyWaitsForAnyMore_isNotMade() {
        model("one", MB, false);
        models(4 * MB);
        call("one");
        pass(Duration.ofMinutes(2));
        run();
        assertThat(done).isEmpty();
        assertThat(state("one")).isEqualTo("on_disk");
    }

    @Test
    void model_thatAnOperatorUnloads_isNotBroughtBackByARequest() {
        model("one", MB, false);
        models(4 * MB);
        call("one");
        models().switchedOff("one");
        run();
        assertThat(done).isEmpty();
        assertThat(models().call("one", now)).isEmpty();
    }

    private void wish(List<String> kept, List<String> spare) {
        models().wish(new CopyWishes(kept, spare));
    }

    /** Requests for one that serves. */
    private void requested(String id, long requests) {
        assertThat(served.get(id))
                .isInstanceOfSatisfying(IdleModel.class, idle -> idle.started().addAndGet(requests));
    }

    /** One look at what is used and wished. */
    private void look() {
        if (steps.isEmpty()) {
            models().start();
        }
        steps.remove().run();
        while (steps.size() > 1) {
            steps.remove().run();
        }
    }

    @Test
    void wish_whereThereIsRoom_isLoaded_andNobodyHasToAsk() {
        model("one", MB, false);
        models(4 * MB);
        wish(List.of("one", "of another worker"), List.of());
        look();
        assertThat(done).containsExactly("load one");
        assertThat(state("one")).isEqualTo("ready");
    }

    @Test
    void wish_thatIsNotSaidAgain_isForgotten() {
        model("one", MB, false);
        models(4 * MB);
        wish(List.of("one"), List.of());
        pass(WishedCopies.MEMORY);
        look();
        assertThat(done).isEmpty();
    }

    @Test
    void wish_thatWouldCostAModelInUse_isNotLoaded_butOneThatNobodyUsesGoes() {
        model("used", MB, false);
        model("copy", MB, false);
        models(MB);
        call("used");
        steps.remove().run();
        requested("used", 5);
        look();
        pass(LOAD.multipliedBy(4));
        wish(List.of("copy"), List.of());
        look();
        assertThat(done).containsExactly("load used");
        assertThat(state("copy")).as("nobody is told to wait for it here").isEqualTo("on_disk");
        pass(Duration.ofMinutes(20));
        wish(List.of("copy"), List.of());
        look();
        assertThat(done).containsExactly("load used", "dismiss used");
        models().closed("used");
        assertThat(done).endsWith("load copy");
    }

    @Test
    void copy_thatIsSpare_goesWhenNobodyUsesIt_unlessAnotherGatewayWishesIt() {
        model("one", MB, false);
        models(4 * MB);
        wish(List.of("one"), List.of());
        look();
        wish(List.of("one"), List.of("one"));
        pass(WishedCopies.UNUSED.plusSeconds(1));
        look();
        assertThat(done).containsExactly("load one");
        pass(WishedCopies.MEMORY);
        requested("one", 1);
        wish(List.of(), List.of("one"));
        look();
        assertThat(done).as("a request has just come").containsExactly("load one");
        pass(WishedCopies.UNUSED.plusSeconds(1));
        wish(List.of(), List.of("one"));
        look();
        assertThat(done).containsExactly("load one", "dismiss one");
    }

    @Test
    void copy_ofTheFewestThereMayBe_goesForNoOther_whileAGatewayWishesIt() {
        model("kept", MB, false, new CopyBounds(1, 2));
        model("other", MB, false);
        models(MB);
        wish(List.of("kept"), List.of());
        look();
        pass(LOAD.multipliedBy(4));
        wish(List.of("kept"), List.of());
        call("other");
        look();
        assertThat(done).containsExactly("load kept");
        assertThat(call("other")).isInstanceOf(OnDemand.Call.Refused.class);
    }

    private void remote(String id) {
        model(id, MB, false);
        Shelf.Dormant model = dormant.removeLast();
        dormant.add(new Shelf.Dormant(id, List.of(), null, null, "", false, null, true, model.copies()));
    }

    private void came(String id, @Nullable Exception failure) {
        Optional.ofNullable(downloads.remove(id)).orElseThrow().accept(failure);
    }

    @Test
    void download_holdsUpNoLoad_andOthersComeBesideIt() {
        remote("far");
        remote("further");
        model("near", MB, false);
        models(8 * MB);
        assertThat(state("far")).isEqualTo("absent");
        call("far");
        call("further");
        call("near");
        run();
        assertThat(done).containsExactly("fetch far", "fetch further", "load near");
        assertThat(state("far")).isEqualTo("downloading");
        came("further", null);
        assertThat(done).endsWith("load further");
        came("far", null);
        assertThat(done).endsWith("load far");
        assertThat(state("far")).isEqualTo("ready");
    }

    @Test
    void download_thatOutlastsThoseWhoWaited_leavesTheModelOnDisk_andTheNextHasItLoaded() {
        remote("far");
        models(8 * MB);
        call("far");
        run();
        pass(Duration.ofMinutes(5));
        came("far", null);
        assertThat(state("far")).isEqualTo("on_disk");
        call("far");
        run();
        assertThat(done).containsExactly("fetch far", "load far");
    }

    @Test
    void download_thatFails_isToldToWhoWaits_andIsNotTriedAgainAtOnce() {
        remote("far");
        models(8 * MB);
        OnDemand.Call first = call("far");
        run();
        came("far", new ModelException("no", new HubException(HubException.Reason.NO_NETWORK, "nobody answers")));
        assertThat(first)
                .isInstanceOfSatisfying(
                        OnDemand.Call.Coming.class,
                        coming -> assertThat(coming.done()).isCompleted());
        assertThat(state("far")).isEqualTo("absent");
        assertThat(call("far")).isInstanceOf(OnDemand.Call.Refused.class);
    }

    /** A model that is loaded as its files are mapped at first. */
    private void mappedFirst(String id) {
        model(id, MB, false);
        Shelf.Dormant model = dormant.removeLast();
        ModelSpec spec = Optional.ofNullable(specs.get(id)).orElseThrow().with(Residency.MAPPED_FIRST);
        specs.put(id, spec);
        dormant.add(new Shelf.Dormant(id, List.of(), null, spec, "", false, null, false, model.copies()));
    }

    @Test
    void load_inTwoForms_hasMemoryForBoth_untilOneIsLeft() {
        mappedFirst("one");
        models(4 * MB);
        call("one");
        run();
        assertThat(done).containsExactly("load twice one", "settle one");
        assertThat(models().memory().usedBytes()).isEqualTo(2 * MB);
        Optional.ofNullable(settling.remove("one")).orElseThrow().run();
        assertThat(models().memory().usedBytes()).isEqualTo(MB);
    }

    @Test
    void load_whereThereIsRoomForOneFormAlone_isMadeInThatOne() {
        mappedFirst("one");
        models(MB + MB / 2);
        call("one");
        run();
        assertThat(done).startsWith("load one");
        assertThat(state("one")).isEqualTo("ready");
        assertThat(models().memory().usedBytes()).isEqualTo(MB);
    }
}
