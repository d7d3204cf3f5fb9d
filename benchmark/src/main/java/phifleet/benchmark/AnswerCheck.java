package phifleet.benchmark;

import org.jspecify.annotations.Nullable;

/** Says whether an answer is the right one. Called by many threads. */
@FunctionalInterface
public interface AnswerCheck {
    /** Returns what is wrong with the answer in one line; null where it is right. Only 2xx answers come here. */
    @Nullable
    String mismatch(Answer answer);

    /** Any answer with a 2xx status. */
    static AnswerCheck anything() {
        return answer -> null;
    }
}
