/** Means, variances and probabilities of random quantities and events that only have names, tested in finite sample spaces. */
@org.jspecify.annotations.NullMarked
package phifleet.equations.chance;
