package phifleet.inference.graph.part;

/**
 * The number that a token's place has in a family's table.
 *
 * @param paddingId the token that has the place of padding wherever it stands, and from behind which places count; −1 where places
 *     count from 0 for all tokens
 */
public record Positions(int paddingId) {
    public static final Positions FROM_ZERO = new Positions(-1);

    /** Writes the places of one text's tokens. */
    public void fill(int length, Ids ids, Sink sink) {
        int place = paddingId + 1;
        for (int i = 0; i < length; i++) {
            boolean padding = paddingId >= 0 && ids.at(i) == paddingId;
            sink.put(padding ? paddingId : place++);
        }
    }

    /** How many tokens a table of so many places has room for. */
    public int room(int places) {
        return places - paddingId - 1;
    }

    /** The ids of a text. */
    public interface Ids {
        int at(int index);
    }

    /** Takes one place after the other. */
    public interface Sink {
        void put(long position);
    }
}
