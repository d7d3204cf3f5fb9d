package phifleet.inference.model;

/** In which form a model's weights are in a CPU's memory. Other devices have their own copy, and know one form alone. */
public enum Residency {
    /** Copied into the order that the kernels want, before the first request: the fastest, after the longest load. */
    PREPARED,

    /** As the files are mapped at first, so that the first request is answered at once; prepared beside that, and then in its place. */
    MAPPED_FIRST,

    /** As the files are mapped: processes share them, the system may drop them and read them again, and requests take longer. */
    MAPPED
}
