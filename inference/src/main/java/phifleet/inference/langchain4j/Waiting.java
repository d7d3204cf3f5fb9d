package phifleet.inference.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import phifleet.inference.local.Answer;

/** For interfaces whose methods block and throw nothing that is checked. */
final class Waiting {
    private Waiting() {}

    /** Waits; cancels where the thread is interrupted, which it stays. */
    static <O> Answer<O> on(CompletableFuture<Answer<O>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new LangChain4jException("interrupted while a model of this process was asked", e);
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new LangChain4jException(String.valueOf(reason.getMessage()), reason);
        }
    }

    static TokenUsage usage(long tokens) {
        return new TokenUsage((int) Math.min(tokens, Integer.MAX_VALUE));
    }
}
