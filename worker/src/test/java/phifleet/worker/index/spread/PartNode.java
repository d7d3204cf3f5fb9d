package phifleet.worker.index.spread;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.VectorSource;

/** A worker that keeps a part of an index and answers the others over HTTP, without the rest of a worker. */
public final class PartNode implements AutoCloseable {
    private final HttpServer server;
    private final PartSeal seal;
    private final PartCalls calls;
    private final String id;
    private final Keepers keepers;
    private final ImageIndexes own;

    /** @param folder where its part is */
    public PartNode(String id, Path folder, String secret) throws IOException {
        this.id = id;
        this.own = ImageIndexes.inFolder(folder, false, () -> 0);
        this.seal = new PartSeal(new FleetSecret(secret), null, System::currentTimeMillis);
        this.calls = new PartCalls(seal);
        this.keepers = new Keepers(id);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PartCalls.PREFIX, this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestURI().getPath().substring(PartCalls.PREFIX.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        byte[] answer;
        if (!seal.admits(
                id,
                what,
                body,
                exchange.getRequestHeaders().getFirst(PartSeal.TIME_HEADER),
                exchange.getRequestHeaders().getFirst(FleetProof.PROOF_HEADER))) {
            status = 403;
            answer = "{}".getBytes(StandardCharsets.UTF_8);
        } else {
            try {
                answer = new PartService(own).answer(what, body);
            } catch (IOException | IndexException | InterruptedException e) {
                status = 503;
                answer = ("{\"error\":{\"message\":\"" + e.getMessage() + "\"}}").getBytes(StandardCharsets.UTF_8);
            }
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    Keeper keeper() {
        return new Keeper(
                id, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Tells it who else keeps a part. */
    public void knows(PartNode... nodes) {
        keepers.are(List.of(nodes).stream().map(PartNode::keeper).toList());
    }

    /** The whole index, as this node sees it. */
    public ImageIndex whole(VectorSource source) throws IndexException {
        return new SpreadIndex(own.of(source), source, keepers, calls);
    }

    /** Its part alone. */
    ImageIndex part(VectorSource source) throws IndexException {
        return own.of(source);
    }

    /** Takes out of its part what the others have too. */
    int unites() throws IndexException, InterruptedException {
        return new Reunion(own, keepers, calls).unite();
    }

    /** It answers nobody any more. */
    void die() {
        server.stop(0);
    }

    @Override
    public void close() {
        server.stop(0);
        own.close();
        calls.close();
    }
}
