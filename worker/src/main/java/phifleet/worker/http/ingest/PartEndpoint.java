package phifleet.worker.http.ingest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetProof;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Route;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.spread.PartCalls;
import phifleet.worker.index.spread.PartSeal;
import phifleet.worker.index.spread.PartService;

/**
 * {@code POST /index/part/{question}}: what workers that keep one index together ask each other, and nobody else asks.
 *
 * @param service null where this worker keeps no part
 */
record PartEndpoint(String self, PartSeal seal, @Nullable PartService service) implements BodyPost.Preparation {

    static Route route(PartSeal seal) {
        return new Route(
                HttpMethod.POST,
                PartCalls.PREFIX + ":question",
                NativeProblems.SHAPE,
                seal.stands() ? Route.Access.OPEN : Route.Access.KEY);
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        PartService parts = service;
        if (parts == null) {
            return new Reply.Refused(
                    Problem.of(404, "no_part", "this worker keeps no part of an index: ingest.parts is not set", null),
                    NativeProblems.SHAPE);
        }
        String question = String.valueOf(exchange.request().path()).substring(PartCalls.PREFIX.length());
        boolean admitted = seal.admits(
                self,
                question,
                body,
                exchange.request().getHeader(PartSeal.TIME_HEADER),
                exchange.request().getHeader(FleetProof.PROOF_HEADER));
        if (!admitted) {
            return new Reply.Refused(
                    Problem.of(
                            403,
                            "not_of_this_fleet",
                            "only workers that know the fleet's secret, and the time, may ask for a part of the index",
                            null),
                    NativeProblems.SHAPE);
        }
        byte[] asked = body.clone();
        return reply -> {
            Thread thread = Thread.ofVirtual().name("part-reply").unstarted(() -> work(reply, parts, question, asked));
            reply.onHangUp(thread::interrupt);
            thread.start();
        };
    }

    private static void work(Exchange exchange, PartService parts, String question, byte[] asked) {
        try {
            Buffer answer = Buffer.buffer(parts.answer(question, asked));
            exchange.runLater(() -> exchange.answer(200, JsonOutput.MEDIA_TYPE, answer));
        } catch (IOException e) {
            refuse(exchange, Problem.badRequest("invalid_value", String.valueOf(e.getMessage()), null));
        } catch (IndexException e) {
            refuse(exchange, ImagePipeline.unusable(e));
        } catch (InterruptedException e) {
            refuse(exchange, Problems.internal());
        } catch (RuntimeException | Error e) {
            exchange.runLater(() -> exchange.fail(e));
        }
    }

    private static void refuse(Exchange exchange, Problem problem) {
        exchange.runLater(() -> exchange.refuse(problem));
    }
}
