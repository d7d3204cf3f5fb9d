package phifleet.inference.model;

/**
 * How a model takes texts.
 *
 * @param maxTokens tokens of one input, special tokens included
 * @param padId the token that fills a batch up
 * @param packing whether linear layers leave padding out, where the engine can
 */
public record TokenInput(int maxTokens, int padId, boolean packing) {}
