package phifleet.worker.residence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.serving.ResidentModel;

/** From the newest version of a model down to one that can be loaded. */
record Descent(Residence.Loading loading) {

    /**
     * What serves.
     *
     * @param mark of its files when it was loaded; empty where that is not known
     */
    record Standing(String version, String mark) {
        private boolean is(Shelf.Found found) {
            return version.equals(found.spec().version()) && !mark.isEmpty() && mark.equals(found.mark());
        }
    }

    /** How it ended. */
    sealed interface End {
        /** Newer versions that could not be had. */
        List<Shelf.Fault> faults();

        /** One was loaded. */
        record Loaded(ResidentModel model, String mark, List<Shelf.Fault> faults) implements End {}

        /** What serves is as good: nothing newer could be had, and its own files have not changed, or for the worse. */
        record Stands(List<Shelf.Fault> faults) implements End {}
    }

    /**
     * Loads the first that can be.
     *
     * @param newest of those that can be read
     * @param standing null where none serves
     * @throws ModelException if none can be loaded
     */
    End from(Shelf.Found newest, @Nullable Standing standing) throws ModelException, InterruptedException {
        List<Shelf.Fault> faults = new ArrayList<>();
        Shelf.Found next = newest;
        while (true) {
            faults.addAll(next.faults());
            if (standing != null && (standing.is(next) || isAmong(faults, standing.version()))) {
                return new End.Stands(faults);
            }
            try {
                return new End.Loaded(loading.load(next.spec()), next.mark(), faults);
            } catch (ModelException | RuntimeException | LinkageError e) {
                faults.add(new Shelf.Fault(next.spec().version(), Reasons.of(e)));
                Optional<Shelf.Found> older = next.older().find();
                if (older.isPresent()) {
                    next = older.get();
                } else if (faults.size() == 1) {
                    throw e;
                } else {
                    throw new ModelException(said(faults), e);
                }
            }
        }
    }

    private static boolean isAmong(List<Shelf.Fault> faults, String version) {
        return faults.stream().anyMatch(fault -> fault.version().equals(version));
    }

    private static String said(List<Shelf.Fault> faults) {
        return faults.stream()
                .map(fault -> "version " + fault.version() + ": " + fault.reason())
                .collect(Collectors.joining("; "));
    }
}
