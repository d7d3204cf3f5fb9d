package phifleet.inference.lane;

/** Inputs that are counted together: how many, their sizes, and their work. Not thread-safe. */
final class Amount {
    private int items;
    private long units;
    private double cost;

    int items() {
        return items;
    }

    long units() {
        return units;
    }

    double cost() {
        return cost;
    }

    void add(int moreItems, long moreUnits, double moreCost) {
        items += moreItems;
        units += moreUnits;
        cost += moreCost;
    }

    /** Where none are left they have no work, whatever rounding would leave. */
    void remove(int lessItems, long lessUnits, double lessCost) {
        items -= lessItems;
        units -= lessUnits;
        cost = items == 0 ? 0 : cost - lessCost;
    }
}
