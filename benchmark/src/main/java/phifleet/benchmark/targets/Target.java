package phifleet.benchmark.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.benchmark.Answer;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Usage;

/** A server that is measured. For one thread, but for the calls, which are sent by many. */
public interface Target extends AutoCloseable {
    String name();

    URI url();

    Dialect dialect();

    /** What the server calls the model. */
    String model();

    /** Starts it; at once where it runs already. */
    void start() throws IOException;

    /** Where it stands; empty where it cannot be seen. */
    Optional<Usage> usage();

    /** Ends what {@link #start} started. */
    void stop();

    /** Whether waiting any longer is in vain. */
    boolean ended();

    /** A request for the vectors of these texts, with the check of its answer. */
    default Call call(List<Sample> samples, Map<String, String> headers) {
        String body = dialect().body(model(), samples.stream().map(Sample::text).toList());
        return Call.postJson("embed", dialect().path(model()), body, headers, check(samples));
    }

    /** What an answer with the vectors of these texts must pass. */
    default AnswerCheck check(List<Sample> samples) {
        return new VectorCheck(dialect(), samples);
    }

    /**
     * Waits until it says that it can be used.
     *
     * @return how long that took
     */
    default Duration awaitReady(Duration patience) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (OneAnswer.get(url(), dialect().health()) == null) {
            if (ended() || System.nanoTime() - start > patience.toNanos()) {
                throw new IOException(
                        name() + (ended() ? " has ended" : " is not ready after " + patience.toSeconds() + " s"));
            }
            Thread.sleep(10);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What it says of itself at {@code /info}; missing where it says nothing. */
    default JsonNode info() throws InterruptedException {
        Answer answer = OneAnswer.get(url(), "/info");
        try {
            return answer == null ? MissingNode.getInstance() : Dialect.parse(answer.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The vectors of these texts, by one request. */
    default List<float[]> embed(List<String> texts) throws IOException, InterruptedException {
        Answer answer = OneAnswer.of(
                url(),
                Duration.ofMinutes(5),
                keep -> Call.postJson(
                        "embed", dialect().path(model()), dialect().body(model(), texts), keep));
        if (answer == null) {
            throw new IOException(name() + " did not answer");
        }
        return dialect().vectors(answer.body(), texts.size());
    }

    @Override
    default void close() {
        stop();
    }
}
