package phifleet.inference.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.output.TokenUsage;
import java.util.concurrent.CompletableFuture;
import phifleet.inference.local.LocalAnswer;
import phifleet.inference.model.ModelException;

/** For interfaces whose methods block and throw nothing that is checked. */
final class Answers {
    private Answers() {}

    /** Waits; cancels where the thread is interrupted, which it stays. */
    static <O> LocalAnswer<O> on(CompletableFuture<LocalAnswer<O>> answer) {
        try {
            return LocalAnswer.await(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LangChain4jException("interrupted while a model of this process was asked", e);
        } catch (ModelException | RuntimeException e) {
            throw new LangChain4jException(String.valueOf(e.getMessage()), e);
        }
    }

    static TokenUsage usage(long tokens) {
        return new TokenUsage((int) Math.min(tokens, Integer.MAX_VALUE));
    }
}
