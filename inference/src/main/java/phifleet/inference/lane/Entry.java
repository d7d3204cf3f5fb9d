package phifleet.inference.lane;

/** One input of a submission. */
record Entry<I, O>(Submission<I, O> submission, int index) {
    int units() {
        return submission.units(index);
    }

    double cost() {
        return submission.cost(index);
    }

    I input() {
        return submission.inputs.get(index);
    }
}
