package phifleet.inference.text;

/**
 * The part of a text that became one token sequence. Parts of a long text overlap, so that each unit is seen with what stands around
 * it; of the parts that see a unit one answers for it.
 *
 * @param input the text's place in the request
 * @param units of the whole text
 * @param from the first of them that is in the sequence
 * @param ownFrom the first of them that this part answers for
 * @param ownTo the one behind the last
 */
public record Passage(int input, TextUnits units, int from, int ownFrom, int ownTo) {}
