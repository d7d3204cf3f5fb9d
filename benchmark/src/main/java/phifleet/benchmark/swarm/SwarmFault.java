package phifleet.benchmark.swarm;

import java.io.IOException;
import java.time.Duration;

/** Something that happens to a fleet in a Swarm, in the order in which the test lets it happen. */
enum SwarmFault {
    SCALE_TO_ONE("scale 2 workers to 1", 1, false, 12) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.scale(1);
        }
    },
    SCALE_UP("scale 1 worker to 4", 4, false, 1) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.scale(4);
        }
    },
    SCALE_DOWN("scale 4 workers to 2", 2, false, 12) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.scale(2);
        }
    },
    ROLLING_UPDATE("rolling update of workers and gateways", 2, false, 1) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.lab("deploy", "next");
        }

        @Override
        boolean over(Swarm swarm) {
            return swarm.updated() && super.over(swarm);
        }
    },
    KILL_WORKER("a worker's container killed", 2, false, 3) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            for (int node = 1; node <= state.nodes(); node++) {
                if (swarm.kill(node, "worker") > 0) {
                    return;
                }
            }
            throw new IllegalStateException("no worker runs");
        }
    },
    KILL_GATEWAYS("every gateway's container killed at once", 2, false, 3) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            for (int node = 1; node <= state.nodes(); node++) {
                swarm.kill(node, "gateway");
            }
        }
    },
    KILL_ENGINE("a node's engine killed, which comes back", 2, true, 15) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.lab("kill-engine", Integer.toString(swarm.mostLoadedNode()));
        }
    },
    CUT_NODE("a node cut off the network", 2, true, 35) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            state.victim = swarm.mostLoadedNode();
            swarm.lab("cut", Integer.toString(state.victim));
        }
    },
    HEAL_NODE("… and put back", 2, false, 20) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.lab("heal", Integer.toString(state.victim));
        }
    },
    LOSE_NODE("a node lost, as by a power cut", 2, true, 35) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            state.victim = swarm.mostLoadedNode();
            swarm.lab("lose", Integer.toString(state.victim));
        }
    },
    RETURN_NODE("… and started again", 2, false, 20) {
        @Override
        void apply(Swarm swarm, State state) throws IOException, InterruptedException {
            swarm.lab("return", Integer.toString(state.victim));
        }
    };

    private final String label;
    private final int workers;
    private final boolean silent;
    private final Duration leastTime;

    SwarmFault(String label, int workers, boolean silent, int leastSeconds) {
        this.label = label;
        this.workers = workers;
        this.silent = silent;
        this.leastTime = Duration.ofSeconds(leastSeconds);
    }

    /** What one fault leaves for the next: which node it befell. For one thread. */
    static final class State {
        private final int nodes;
        private int victim;

        State(int nodes) {
            this.nodes = nodes;
        }

        private int nodes() {
            return nodes;
        }
    }

    String label() {
        return label;
    }

    /** Whether peers vanish without a word, so that a client's own deadline may come before anybody can know. */
    boolean silent() {
        return silent;
    }

    /** How long the load goes on at least: it takes Swarm some time to see what happened, and more to act. */
    Duration leastTime() {
        return leastTime;
    }

    /** Does it. */
    abstract void apply(Swarm swarm, State state) throws IOException, InterruptedException;

    /** Whether the fleet is whole again. */
    boolean over(Swarm swarm) {
        return swarm.whole(workers);
    }
}
