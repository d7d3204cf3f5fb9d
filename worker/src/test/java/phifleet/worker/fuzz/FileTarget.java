package phifleet.worker.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What reads bytes of a file in this process: it understands them, or says why not by the one exception that it is known to throw,
 * in words of ours.
 *
 * @param refusal the exception
 */
record FileTarget(String name, Input input, Reader reader, Class<? extends Exception> refusal) implements Target {
    /** What a parser's own messages hold, in lower case. */
    private static final List<String> LIBRARY = List.of("jackson", "redacted", "(`", "null\n");

    /** Makes bytes. */
    @FunctionalInterface
    interface Input {
        byte[] next(RandomGenerator random);
    }

    /** Reads them. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public @Nullable String attack(SplittableRandom random) {
        byte[] bytes = input.next(random);
        try {
            reader.read(bytes);
            return null;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            if (!refusal.isInstance(e)) {
                return "threw " + e + at(e) + "\n" + Mutations.shown(bytes);
            }
            String words = String.valueOf(e.getMessage());
            return speaksLikeALibrary(words, new String(bytes, StandardCharsets.ISO_8859_1))
                    ? "spoke in a library's words: " + words + "\n" + Mutations.shown(bytes)
                    : null;
        }
    }

    /** What the input itself says may be said again. */
    private static boolean speaksLikeALibrary(String words, String input) {
        String lower = words.toLowerCase(Locale.ROOT);
        String lowerInput = input.toLowerCase(Locale.ROOT);
        return LIBRARY.stream().anyMatch(word -> lower.contains(word) && !lowerInput.contains(word));
    }

    private static String at(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        StringBuilder at = new StringBuilder();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("phifleet.") && at.length() < 400) {
                at.append("\n    at ").append(frame);
            }
        }
        return at.toString();
    }
}
