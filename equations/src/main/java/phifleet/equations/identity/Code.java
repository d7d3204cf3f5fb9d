package phifleet.equations.identity;

import java.util.List;

/** An expression made ready to be evaluated: its value from the values of the symbols, by their slots. */
interface Code<T> {
    T at(List<T> point);
}
