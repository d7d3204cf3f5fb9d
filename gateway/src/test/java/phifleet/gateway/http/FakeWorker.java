package phifleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.common.ModelRoutes;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/**
 * A worker without models, whose answer follows from the request alone, and which misbehaves as its query says:
 * {@code delay=ms}, {@code status=n}, {@code die=head|body}, {@code only=id} of whom the two before are meant, {@code bytes=n}, {@code chunks=n},
 * {@code never=1}, {@code device=ms} that it says it took; with {@code early=n} it answers with that status before it has read the body, and never reads it.
 */
final class FakeWorker {
    final String id;
    final AtomicInteger seen = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    volatile String status = "ready";
    volatile int slowness;
    volatile boolean frozen;
    volatile MultiMap lastHeaders = MultiMap.caseInsensitiveMultiMap();
    volatile @Nullable FleetSecret secret;
    /** The list that its {@code /info} has; null for none. */
    volatile @Nullable String models;
    /** How it answers whoever has it load a model. */
    volatile int loadStatus = 200;

    /** What it did as all did, each as its {@code /info} has it. */
    final List<String> changes = new CopyOnWriteArrayList<>();
    /** Whether an operator keeps requests from it, and since when. */
    volatile boolean cordoned;

    volatile long cordonedAt = System.nanoTime();
    /** How it answers who keeps requests from it. */
    volatile int cordonStatus = 200;

    /** Gets each request as its target, its header for a model and its body; null for nobody. */
    volatile @Nullable Queue<String> asked;

    final AtomicInteger inHand = new AtomicInteger();
    /** How often its {@code /info} was asked for. */
    final AtomicInteger infos = new AtomicInteger();

    volatile @Nullable MultiMap infoHeaders;
    /** The port that its proofs speak of: another's where it passes that one's answer on. */
    volatile int provenPort;

    private final Vertx vertx;
    private final HttpServer server;
    private int port;

    private FakeWorker(Vertx vertx, String id) {
        this.vertx = vertx;
        this.id = id;
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setHandle100ContinueAutomatically(true));
        server.requestHandler(this::handle);
    }

    static FakeWorker start(Vertx vertx, String id) {
        return start(vertx, id, 0);
    }

    static FakeWorker start(Vertx vertx, String id, int port) {
        FakeWorker worker = new FakeWorker(vertx, id);
        worker.port = worker.server.listen(port).await().actualPort();
        worker.provenPort = worker.port;
        return worker;
    }

    /** A worker as a process of its own: the argument is its id; it prints its port. */
    public static void main(String[] args) {
        System.out.println(start(Vertx.vertx(), args[0]).port);
    }

    WorkerCard card(HeldModel... models) {
        return new WorkerCard(id, URI.create("http://127.0.0.1:" + port), List.of(models), "0.1.0", "cpu");
    }

    int port() {
        return port;
    }

    /** Closes its socket and every connection, as death would. */
    void kill() {
        server.close().await();
    }

    static String answer(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return "{\"length\":" + body.length + ",\"crc\":" + crc.getValue() + "}";
    }

    /** The body of an answer for {@code bytes=n}. */
    static byte[] pattern(int bytes) {
        byte[] body = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            body[i] = (byte) (i % 251);
        }
        return body;
    }

    private void handle(HttpServerRequest request) {
        if (frozen) {
            request.pause();
            return;
        }
        if (FleetProof.PATH.equals(request.path())) {
            prove(request);
            return;
        }
        infoHeaders = "/info".equals(request.path()) ? request.headers() : infoHeaders;
        if ("/info".equals(request.path())) {
            infos.incrementAndGet();
            String held = (models == null ? "" : ",\"models\":" + models)
                    + (changes.isEmpty() ? "" : ",\"changes\":" + changes);
            String kept = cordoned ? ",\"cordon\":\"cordoned\"" : "";
            request.response()
                    .end("{\"status\":\"" + status + "\",\"node\":\"machine-7\",\"queue\":{\"depth\":3}" + kept + held
                            + "}");
            return;
        }
        if ("/fleet/cordon".equals(request.path())) {
            cordon(request);
            return;
        }
        seen.incrementAndGet();
        inHand.incrementAndGet();
        lastHeaders = request.headers();
        request.response().closeHandler(gone -> cancelled.incrementAndGet());
        AtomicBoolean over = new AtomicBoolean();
        request.response().endHandler(out -> {
            if (over.compareAndSet(false, true)) {
                inHand.decrementAndGet();
            }
        });
        String early = request.getParam("early");
        if (early != null) {
            request.pause();
            request.response().setStatusCode(Integer.parseInt(early)).end("{\"error\":\"early\"}");
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(body::appendBuffer);
        request.endHandler(end -> {
            Queue<String> told = asked;
            if (told != null) {
                told.add(request.uri() + " " + request.getHeader(ModelRoutes.HEADER) + " " + body);
            }
            if (String.valueOf(request.path()).startsWith(ModelRoutes.REPOSITORY)) {
                String stamp = request.getHeader(FleetHeaders.CHANGE);
                if (stamp != null && loadStatus == 200) {
                    changes.add(change(stamp, String.valueOf(request.path()), body));
                }
                request.response()
                        .setStatusCode(loadStatus)
                        .end(loadStatus == 200 ? "" : "{\"error\":\"cannot load " + body + "\"}");
                return;
            }
            int delay = Integer.parseInt(request.getParam("delay", "0")) + slowness;
            if (delay == 0) {
                answer(request, body);
            } else {
                vertx.setTimer(delay, late -> answer(request, body));
            }
        });
    }

    private void cordon(HttpServerRequest request) {
        boolean before = cordoned;
        if (cordonStatus == 200 && !request.method().equals(HttpMethod.GET)) {
            cordoned = request.method().equals(HttpMethod.POST);
            cordonedAt = cordoned == before ? cordonedAt : System.nanoTime();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cordonedAt);
        request.response()
                .setStatusCode(cordonStatus)
                .end(new JsonObject()
                        .put("state", cordoned ? "cordoned" : "open")
                        .put("since_ms", millis)
                        .put("changed", cordoned != before)
                        .put("in_hand", inHand.get())
                        .toString());
    }

    private static String change(String stamp, String path, Buffer body) {
        String[] parts = path.substring(ModelRoutes.REPOSITORY.length()).split("/", -1);
        JsonObject change =
                new JsonObject().put("stamp", stamp).put("name", parts[0]).put("action", parts[1]);
        String config = body.length() == 0
                ? null
                : body.toJsonObject()
                        .getJsonObject("parameters", new JsonObject())
                        .getString("config");
        return (config == null ? change : change.put("config", config)).toString();
    }

    /** Proves what it knows; or, where it knows nothing, what another worker told it. */
    private void prove(HttpServerRequest request) {
        @Nullable String challenge = request.getHeader(FleetProof.CHALLENGE_HEADER);
        String address = request.localAddress().hostAddress() + ":" + provenPort;
        String proof = secret != null
                        && challenge != null
                        && FleetProof.isGateway(
                                secret,
                                challenge,
                                request.localAddress().hostAddress() + ":" + port,
                                request.getHeader(FleetProof.PROOF_HEADER))
                ? FleetProof.ofWorker(secret, challenge, id, address)
                : "none";
        request.response().putHeader(FleetProof.PROOF_HEADER, proof).end();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        if (response.closed() || request.getParam("never") != null) {
            return;
        }
        response.putHeader(FleetHeaders.WORKER_ID, id);
        if (status.equals("draining")) {
            response.setStatusCode(503).putHeader("Retry-After", "1").end("{\"error\":\"draining\"}");
            return;
        }
        String die = request.getParam("die", "");
        boolean meant = request.getParam("only", id).equals(id);
        if (!meant) {
            die = "";
        }
        if (die.equals("head")) {
            request.connection().close();
            return;
        }
        response.setStatusCode(meant ? Integer.parseInt(request.getParam("status", "200")) : 200);
        response.putHeader("Connection", "X-Secret, keep-alive")
                .putHeader("X-Secret", "hop")
                .putHeader("X-Kept", "end-to-end");
        @Nullable String deviceMillis = request.getParam("device");
        if (deviceMillis != null) {
            response.putHeader(FleetHeaders.DEVICE_MS, deviceMillis);
        }
        if (die.equals("body")) {
            response.putHeader("Content-Length", request.getParam("bytes", "100"))
                    .write("half")
                    .onComplete(out -> request.connection().close());
            return;
        }
        int chunks = Integer.parseInt(request.getParam("chunks", "0"));
        if (chunks > 0) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            chunk(response, chunks);
            return;
        }
        int bytes = Integer.parseInt(request.getParam("bytes", "0"));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(bytes)).end();
            return;
        }
        response.end(bytes > 0 ? Buffer.buffer(pattern(bytes)) : Buffer.buffer(answer(body.getBytes())));
    }

    private Future<Void> chunk(HttpServerResponse response, int left) {
        if (left == 0) {
            return response.end();
        }
        return response.write("data: " + left + "\n\n").compose(out -> {
            vertx.setTimer(50, next -> chunk(response, left - 1));
            return Future.succeededFuture();
        });
    }
}
