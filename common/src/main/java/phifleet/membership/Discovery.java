package phifleet.membership;

import java.util.List;

/** How the members of a fleet find each other. There is no multicast. */
public sealed interface Discovery {
    /** The process stays alone. */
    record None() implements Discovery {}

    /** All on this machine: every port of the range is asked on 127.0.0.1. */
    record Loopback() implements Discovery {}

    /**
     * DNS names, asked again at each try; every address of every name counts, and a name that is not there yet is no
     * error.
     */
    record Names(List<String> names) implements Discovery {
        public Names {
            names = List.copyOf(names);
        }
    }

    /** Fixed members, as {@code HOST} or {@code HOST:PORT}. */
    record Addresses(List<String> members) implements Discovery {
        public Addresses {
            members = List.copyOf(members);
        }
    }
}
