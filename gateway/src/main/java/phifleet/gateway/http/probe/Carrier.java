package phifleet.gateway.http.probe;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import phifleet.gateway.balance.Worker;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.dialect.GrpcStatus;
import phifleet.http.grpc.GrpcFrames;
import phifleet.http.json.Excerpt;

/** How workers are asked for a change of their models, and how they say what became of it. */
public enum Carrier {
    HTTP {
        @Override
        public int port(Worker worker) {
            return worker.card().url().getPort();
        }

        @Override
        Word word(HttpClientResponse answer, Buffer body) {
            int status = answer.statusCode();
            return new Word(status == 200 || status >= 400 ? status : 502, reason(status, body));
        }

        @Override
        public void answerDone(Exchange exchange) {
            exchange.answerEmpty(200);
        }
    },

    /** gRPC. */
    CALLS {
        @Override
        public int port(Worker worker) {
            return worker.grpcPort();
        }

        @Override
        Word word(HttpClientResponse answer, Buffer body) {
            // Behind the message, or in the head where there is none.
            MultiMap fields = answer.trailers().contains(GrpcProblems.STATUS) ? answer.trailers() : answer.headers();
            String escaped = fields.get(GrpcProblems.MESSAGE);
            String words = escaped == null ? "" : PathNames.decode(escaped).orElse(escaped);
            return new Word(GrpcStatus.meaning(fields), words);
        }

        @Override
        public void answerDone(Exchange exchange) {
            // A message without fields.
            GrpcFrames.answer(exchange, GrpcFrames.prefix(0));
        }
    };

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    /**
     * What one worker said.
     *
     * @param status as HTTP has it: 200 where it did it, 502 where it said nothing
     */
    public record Word(int status, String reason) {}

    /** Where a worker takes such requests; 0 for nowhere. */
    public abstract int port(Worker worker);

    abstract Word word(HttpClientResponse answer, Buffer body);

    /** Sends a request, and gives it up where nothing is said in time. */
    public Future<Word> ask(HttpClientRequest request, Buffer body, long millis) {
        // Its own reset is told to it too.
        request.exceptionHandler(broken -> {});
        return request.send(body)
                .compose(answer -> answer.body().map(said -> word(answer, said)))
                .timeout(millis, TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset());
    }

    /** Says that all did it. */
    public abstract void answerDone(Exchange exchange);

    private static String reason(int status, Buffer said) {
        if (status == 200 || said.length() > MAX_ANSWER_BYTES) {
            return "status " + status;
        }
        try {
            return String.valueOf(new JsonObject(said).getValue("error"));
        } catch (DecodeException e) {
            return "status " + status + ": " + Excerpt.of(said.toString());
        }
    }
}
