/** The sides of an equation as functions of the one symbol that is free in it, to be drawn. */
@org.jspecify.annotations.NullMarked
package phifleet.equations.curve;
