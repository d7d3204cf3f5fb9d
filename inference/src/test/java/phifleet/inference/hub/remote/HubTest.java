package phifleet.inference.hub.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.hub.remote.HubException.Reason;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.HubServer.Fault;

/** Against a hub that does everything badly, one thing at a time. */
@Timeout(60)
class HubTest {
    private static final String ID = "owner/model";
    private static final String LARGE = "model.safetensors";
    private static final String SMALL = "config.json";
    private static final int READ_MS = 300;

    @TempDir
    private Path cache;

    private HubServer server;
    private final HubName name = new HubName(ID, "main");
    private final byte[] large = new byte[1 << 20];
    private final AtomicLong came = new AtomicLong();
    private final List<String> waited = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        new Random(1).nextBytes(large);
        server.add(ID, LARGE, large);
        server.add(ID, SMALL, "{}".getBytes(StandardCharsets.UTF_8));
        server.add(ID, "empty.json", new byte[0]);
        server.add(ID, "a folder/ä.json", "[1]".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Hub hub(@Nullable String token, long room) {
        return hub(new HubSettings(server.endpoint(), cache, token, false), room);
    }

    private Hub hub(HubSettings settings, long room) {
        DownloadProgress progress = new DownloadProgress() {
            @Override
            public void came(long bytes) {
                came.addAndGet(bytes);
            }

            @Override
            public void waits(String file) {
                waited.add(file);
            }
        };
        return new Hub(settings, progress, new Retry(time -> {}, 3), READ_MS, folder -> room);
    }

    private Path get(Hub hub) throws HubException, InterruptedException {
        HubListing listing = hub.list(name);
        hub.fetch(name, listing, listing.files());
        return hub.show(name, listing, listing.files(), List.of("modules.json"));
    }

    private Path get() throws HubException, InterruptedException {
        return get(hub((String) null, Long.MAX_VALUE));
    }

    private HubException failure(Hub hub) {
        HubException failure = catchThrowableOfType(HubException.class, () -> get(hub));
        assertThat(failure).isNotNull();
        // Whatever went wrong, no tool finds half a model.
        assertThat(folder().resolve("snapshots")).doesNotExist();
        assertThat(folder().resolve("refs")).doesNotExist();
        return failure;
    }

    private HubException failure() {
        return failure(hub((String) null, Long.MAX_VALUE));
    }

    private Path folder() {
        return cache.resolve("models--owner--model");
    }

    private List<String> blobs() throws IOException {
        if (!Files.exists(folder().resolve("blobs"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder().resolve("blobs"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private List<Long> starts() {
        // The hub itself is asked first, the store behind it then.
        List<Long> all = server.asked().stream()
                .filter(asked -> asked.path().equals(LARGE))
                .map(HubServer.Asked::from)
                .toList();
        List<Long> starts = new ArrayList<>();
        for (int i = 1; i < all.size(); i += 2) {
            starts.add(all.get(i));
        }
        return starts;
    }

    @Test
    void get_model_isLaidOutAsTheToolsDo() throws Exception {
        Path snapshot = get();
        assertThat(snapshot).isEqualTo(folder().resolve("snapshots").resolve(HubServer.COMMIT));
        assertThat(Files.readString(folder().resolve("refs/main"))).isEqualTo(HubServer.COMMIT);
        assertThat(snapshot.resolve(LARGE)).isSymbolicLink().hasBinaryContent(large);
        assertThat(Files.readSymbolicLink(snapshot.resolve("a folder/ä.json")).toString())
                .startsWith("../../../blobs/")
                .hasSize("../../../blobs/".length() + 40);
        assertThat(snapshot.resolve("a folder/ä.json")).hasContent("[1]");
        assertThat(snapshot.resolve("empty.json")).isEmptyFile();
        assertThat(folder().resolve(".no_exist").resolve(HubServer.COMMIT).resolve("modules.json"))
                .isEmptyFile();
        assertThat(came).hasValue(large.length + 2 + 3);
        assertThat(blobs()).hasSize(4).noneMatch(blob -> blob.endsWith(".incomplete"));
    }

    @Test
    void get_again_fetchesNothing() throws Exception {
        get();
        int before = server.asked().size();
        get();
        assertThat(server.asked().subList(before, server.asked().size()))
                .extracting(HubServer.Asked::path)
                .containsExactly(ID);
    }

    @Test
    void get_brokenOff_goesOnWhereItWas() throws Exception {
        server.spoil(LARGE, new Fault.BreaksAfter(300_000), new Fault.BreaksAfter(200_000));
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
        assertThat(starts()).hasSize(3).first().isEqualTo(0L);
        assertThat(starts().get(1)).isPositive().isLessThanOrEqualTo(300_000);
        assertThat(starts().get(2)).isGreaterThan(starts().get(1));
        assertThat(came).hasValue(large.length + 2 + 3);
    }

    @Test
    void get_brokenOffForGood_keepsWhatCame_andGoesOnNextTime() throws Exception {
        server.spoil(LARGE, new Fault.BreaksAfter(400_000), new Fault.BreaksAfter(0), new Fault.BreaksAfter(0));
        HubException failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.NO_NETWORK);
        assertThat(failure).hasMessageContaining("are kept for next time");
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
        assertThat(starts().getLast()).isPositive();
    }

    @Test
    void get_stalls_isTakenUpAgain() throws Exception {
        server.spoil(LARGE, new Fault.StallsAfter(100_000));
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
        assertThat(starts()).hasSize(2);
    }

    @Test
    void get_rangeIsIgnored_beginsAnew() throws Exception {
        server.spoil(LARGE, new Fault.BreaksAfter(300_000), new Fault.IgnoresRange());
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
    }

    @Test
    void get_anotherRangeComes_isNotBelieved() throws Exception {
        server.spoil(LARGE, new Fault.BreaksAfter(300_000), new Fault.WrongRange());
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
        assertThat(starts()).hasSize(3);
    }

    @Test
    void get_wrongSum_isRefused_andNothingIsKept() throws Exception {
        server.spoil(LARGE, new Fault.Garbled());
        HubException failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
        assertThat(failure).hasMessageContaining(LARGE).hasMessageContaining("the Hub states");
        assertThat(blobs()).noneMatch(blob -> blob.length() > 60);
    }

    @Test
    void get_wrongGitSum_isRefused() throws Exception {
        server.spoil(SMALL, new Fault.Garbled());
        assertThat(failure().reason()).isEqualTo(Reason.BROKEN);
    }

    @Test
    void get_leftOversOfAnOlderTryAreWrong_beginsAnew() throws Exception {
        HubFile file = hub((String) null, 0).list(name).file(LARGE).orElseThrow();
        Files.createDirectories(folder().resolve("blobs"));
        Files.write(folder().resolve("blobs").resolve(file.sum() + ".incomplete"), new byte[5000]);
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
        assertThat(starts()).containsExactly(5000L, 0L);
        assertThat(came).hasValue(large.length + 2 + 3);
    }

    @Test
    void get_troubleThatPasses_isWaitedFor() throws Exception {
        server.spoil(ID, new Fault.Refused(503, Map.of()));
        server.spoil(LARGE, new Fault.Refused(500, Map.of()), new Fault.Refused(502, Map.of()));
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
    }

    @Test
    void get_troubleThatStays_isTheServers() {
        Fault fault = new Fault.Refused(503, Map.of("X-Error-Message", "maintenance\u001b[2J"));
        server.spoil(ID, fault, fault, fault);
        HubException failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.SERVER);
        assertThat(failure).hasMessageContaining("503: maintenance");
    }

    @Test
    void get_missing_gated_limited_eachIsSaid() {
        assertThat(catchThrowableOfType(
                                HubException.class, () -> hub((String) null, 0).list(new HubName("no/such", "main")))
                        .reason())
                .isEqualTo(Reason.MISSING);
        HubException noRevision = catchThrowableOfType(
                HubException.class, () -> hub((String) null, 0).list(new HubName(ID, "v9")));
        assertThat(noRevision.reason()).isEqualTo(Reason.NO_REVISION);
        assertThat(noRevision).hasMessage("owner/model has no revision v9");
        server.spoil(LARGE, new Fault.Refused(401, Map.of("X-Error-Code", "GatedRepo")));
        HubException gated = failure();
        assertThat(gated.reason()).isEqualTo(Reason.GATED);
        assertThat(gated)
                .hasMessageContaining(server.endpoint() + "/owner/model")
                .hasMessageContaining("HF_TOKEN");
        server.spoil(ID, new Fault.Refused(429, Map.of("Retry-After", "37")));
        HubException limited = failure();
        assertThat(limited.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(limited).hasMessageContaining("in 37 s").hasMessageContaining("HF_TOKEN");
        server.spoil(ID, new Fault.Refused(403, Map.of()));
        assertThat(failure().reason()).isEqualTo(Reason.GATED);
        server.spoil(ID, new Fault.Refused(404, Map.of()));
        assertThat(failure().reason()).isEqualTo(Reason.MISSING);
    }

    @Test
    void get_renamed_saysTheNewName() {
        server.spoil(ID, new Fault.LeadsTo("/api/models/new/name/revision/main?blobs=true"));
        HubException failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.RENAMED);
        assertThat(failure).hasMessage("owner/model is called new/name today: use that name");
    }

    @Test
    void get_ledAstray_isNotFollowed() {
        server.spoil(ID, new Fault.LeadsTo("file:///etc/passwd"));
        assertThat(failure().reason()).isEqualTo(Reason.SERVER);
        server.spoil(ID, new Fault.LeadsTo("not an address"));
        assertThat(failure().reason()).isEqualTo(Reason.SERVER);
        Fault around = new Fault.LeadsTo("/api/models/" + ID + "/revision/main");
        server.spoil(ID, around, around, around, around, around, around, around);
        assertThat(failure()).hasMessageContaining("without end");
    }

    @Test
    void get_nobodyThere_isNoNetwork() {
        HubSettings nowhere = new HubSettings(URI.create("http://127.0.0.1:1"), cache, null, false);
        HubException failure = failure(hub(nowhere, Long.MAX_VALUE));
        assertThat(failure.reason()).isEqualTo(Reason.NO_NETWORK);
        assertThat(failure).hasMessageContaining("tried 3 times");
    }

    @Test
    void get_offline_asksNobody() {
        HubSettings offline = new HubSettings(server.endpoint(), cache, null, true);
        HubException failure = failure(hub(offline, Long.MAX_VALUE));
        assertThat(failure.reason()).isEqualTo(Reason.OFFLINE);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void get_noRoom_fetchesNothing() throws Exception {
        HubException failure = failure(hub((String) null, large.length));
        assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(failure).hasMessageContaining("needs " + (large.length + 5) + " bytes");
        assertThat(blobs()).isEmpty();
    }

    @Test
    void get_withToken_tellsItToTheHubAlone() throws Exception {
        get(hub("secret", Long.MAX_VALUE));
        List<String> tokens = server.asked().stream()
                .filter(asked -> asked.path().equals(LARGE))
                .map(HubServer.Asked::token)
                .toList();
        assertThat(tokens).containsExactly("Bearer secret", "");
        assertThat(server.asked().getFirst().token()).isEqualTo("Bearer secret");
    }

    @Test
    void list_namesThatLeadOutOfTheFolder_areLeftOut() throws Exception {
        for (String path : List.of("../../x", "/etc/x", "a//b", "a/./b", "a\\b", "c:d")) {
            server.add(ID, path, new byte[1]);
        }
        assertThat(hub((String) null, 0).list(name).files())
                .extracting(HubFile::path)
                .containsExactlyInAnyOrder(LARGE, SMALL, "empty.json", "a folder/ä.json");
    }

    @Test
    void get_severalAtOnce_fetchEachFileOnce() throws Exception {
        server.spoil(LARGE, new Fault.StallsAfter(1000));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Path>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // Each with its own open files, as processes have them.
                all.add(threads.submit(() -> get()));
            }
            for (Future<Path> one : all) {
                assertThat(one.get().resolve(LARGE)).hasBinaryContent(large);
            }
        }
        // Once until it stalled, once from there on.
        assertThat(starts()).containsExactly(0L, 1000L);
        assertThat(waited).contains(LARGE);
    }

    @Test
    void get_blobIsGone_isLinkedAnew() throws Exception {
        Path snapshot = get();
        Files.delete(snapshot.resolve(LARGE).toRealPath());
        assertThat(get().resolve(LARGE)).hasBinaryContent(large);
    }

    @Test
    void get_commitByItself_writesNoRef() throws Exception {
        HubName commit = new HubName(ID, HubServer.COMMIT);
        Hub hub = hub((String) null, Long.MAX_VALUE);
        HubListing listing = hub.list(commit);
        hub.fetch(commit, listing, listing.files());
        Path shown = hub.show(commit, listing, listing.files(), List.of());
        assertThat(hub.snapshot(commit)).contains(shown);
        assertThat(folder().resolve("refs")).doesNotExist();
    }
}
