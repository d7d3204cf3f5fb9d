package phifleet.equations.grammar.token;

/**
 * A reading by convention that another reader might not share.
 *
 * @param code for programs, such as {@code implicit_product}
 * @param message for people: how it was read, and how to write the other reading
 * @param position where, in UTF-16 units from 0
 * @param length how many units
 */
public record Warning(String code, String message, int position, int length) {}
