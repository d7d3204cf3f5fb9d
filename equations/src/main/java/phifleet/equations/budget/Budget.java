package phifleet.equations.budget;

import java.util.function.LongSupplier;

/**
 * What one request may still spend: steps, and time until a deadline. Every loop whose length the input decides calls
 * {@link #spend}; the clock is read only once in {@value #STEPS_PER_LOOK} steps, so a call costs a few instructions.
 *
 * <p>A step is about a hundred nanoseconds of work: one node looked at, one monomial multiplied. Steps bound memory and
 * make runs repeatable on a slow machine; the deadline bounds time. One object a request, used by one thread at a time.
 */
public final class Budget {
    /** Steps between two looks at the clock: some 0.1 ms. */
    private static final int STEPS_PER_LOOK = 1_024;

    private final LongSupplier nanoClock;
    private final long deadlineNanos;
    private long stepsLeft;
    private long nextLook;

    private Budget(LongSupplier nanoClock, long deadlineNanos, long steps) {
        this.nanoClock = nanoClock;
        this.deadlineNanos = deadlineNanos;
        this.stepsLeft = steps;
        this.nextLook = steps - STEPS_PER_LOOK;
    }

    /**
     * A budget that starts now.
     *
     * @param nanoClock as {@link System#nanoTime}
     * @param nanos time until the deadline
     * @param steps how many steps
     */
    public static Budget of(LongSupplier nanoClock, long nanos, long steps) {
        return new Budget(nanoClock, nanoClock.getAsLong() + nanos, steps);
    }

    /** A budget of steps alone, for tests and tools. */
    public static Budget ofSteps(long steps) {
        return new Budget(() -> 0, Long.MAX_VALUE, steps);
    }

    /**
     * Takes {@code steps}.
     *
     * @throws Spent where that is more than is left, or the deadline has passed
     */
    public void spend(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < nextLook) {
            look();
        }
    }

    /** Whether nothing is left. Reads the clock. */
    public boolean isSpent() {
        return stepsLeft < 0 || nanoClock.getAsLong() - deadlineNanos >= 0;
    }

    /**
     * Before one of many attempts that each catch their own end. Reads the clock.
     *
     * @throws Spent where nothing is left
     */
    public void requireSome() {
        if (isSpent()) {
            throw new Spent();
        }
    }

    /**
     * A part of this budget for one attempt: its own steps, the same deadline. What the part spends is not taken from
     * here; give back with {@link #spend} what should count.
     */
    public Budget part(long steps) {
        return new Budget(nanoClock, deadlineNanos, Math.min(steps, Math.max(0, stepsLeft)));
    }

    private void look() {
        nextLook = stepsLeft - STEPS_PER_LOOK;
        if (isSpent()) {
            throw new Spent();
        }
    }

    /** Thrown by {@link #spend} where the budget is spent; whoever began the attempt catches it. Has no stack trace. */
    public static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Spent() {
            super("the budget of this request is spent", null, false, false);
        }
    }
}
