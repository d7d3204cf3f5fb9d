package phifleet.worker.http.ingest;

import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.index.IndexException;

/** A reply that waits for an index, and maybe for models: worked out on a virtual thread of its own. */
record IndexReply(Work work) implements Reply {

    /** What there is to be done. */
    @FunctionalInterface
    interface Work {
        JsonOutput answer() throws Refusal, IndexException, ImageException, ModelException, InterruptedException;
    }

    @Override
    public void send(Exchange exchange) {
        Thread thread = Thread.ofVirtual().name("index-reply").unstarted(() -> work(exchange));
        exchange.onHangUp(thread::interrupt);
        thread.start();
    }

    private void work(Exchange exchange) {
        try {
            JsonOutput answer = work.answer();
            exchange.runLater(() -> exchange.answer(answer));
        } catch (Refusal e) {
            refuse(exchange, e.problem());
        } catch (ImageException e) {
            refuse(exchange, ImageProblems.of(e));
        } catch (IndexException e) {
            refuse(exchange, ImagePipeline.unusable(e));
        } catch (ModelException e) {
            refuse(exchange, Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null));
        } catch (InterruptedException e) {
            // Its client left; where a thread was ended otherwise somebody waits.
            refuse(exchange, Problems.internal());
        } catch (RuntimeException | Error e) {
            exchange.runLater(() -> exchange.fail(e));
        }
    }

    private static void refuse(Exchange exchange, Problem problem) {
        exchange.runLater(() -> exchange.refuse(problem));
    }
}
