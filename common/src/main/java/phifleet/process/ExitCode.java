package phifleet.process;

/** How a program ended. 3 is none of these: the JVM ends so after an OutOfMemoryError, and says it in one line. */
public enum ExitCode {
    /** Told to stop; all work in hand was answered. */
    DONE(0),
    /** It could not start: a model, the port. */
    FAILED(1),
    /** Wrong settings. */
    WRONG_SETTINGS(2),
    /** Told to stop; work was left when the drain time was over, or when it was told a second time. */
    WORK_LEFT(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** Ends the process at once, without hooks. */
    public void halt() {
        Runtime.getRuntime().halt(number);
    }

    /** The same, after one line on the error stream. */
    public void halt(String message) {
        halt(number, message);
    }

    /** Ends the process with a code of the caller's own, 10 or more, after one line on the error stream. */
    public static void halt(int number, String message) {
        System.err.println(message);
        System.err.flush();
        Runtime.getRuntime().halt(number);
    }
}
