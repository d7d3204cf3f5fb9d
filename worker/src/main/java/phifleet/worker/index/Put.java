package phifleet.worker.index;

/** What became of an image that was to be put into an index. */
public sealed interface Put {

    /** It is in the index now, and was not before. */
    record Created() implements Put {}

    /**
     * It is not put, since the index has it.
     *
     * @param id of the one that is there
     * @param by what they share
     */
    record Present(String id, Sameness by) implements Put {}

    /** What two images share. */
    enum Sameness {
        /** Every byte of the file. */
        FILE,
        /** Every pixel, though not every byte. */
        PIXELS
    }
}
