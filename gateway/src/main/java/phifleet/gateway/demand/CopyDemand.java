package phifleet.gateway.demand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import phifleet.common.CopyBounds;

/**
 * How many copies of each model that is loaded on demand the fleet wants: as many as what is asked of it takes of devices, at the part
 * of their time that is to be used. What is asked is the greater of what arrives at this gateway, refused or not, and of what the
 * workers say they spend on it, which all gateways hear alike. One more comes at once; one less only when the most that was needed
 * within {@code down-after} is less. For one thread, some times a second.
 */
public final class CopyDemand {
    /** Copies bear so much of one more without it. */
    private static final double SLACK = 0.1;

    private final DemandSettings settings;
    private final LongSupplier nanos;
    private final ModelUse use = new ModelUse();
    private final Map<String, Greatest> greatest = new HashMap<>();
    private volatile List<CopyNeed> latest = List.of();

    /**
     * A model that some worker could load.
     *
     * @param names by which requests know it, its id among them
     */
    public record Candidate(String id, Set<String> names, CopyBounds bounds) {
        public Candidate {
            names = Set.copyOf(names);
        }
    }

    /** Of one gateway. */
    public CopyDemand(DemandSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** As it was last reckoned, by id. Safe from every thread. */
    public List<CopyNeed> latest() {
        return latest;
    }

    /**
     * Reckons anew.
     *
     * @param models each once
     * @param words of the workers that are ready
     * @param fleet as it was decided just now
     */
    public List<CopyNeed> decide(List<Candidate> models, List<ModelWord> words, Decision fleet) {
        long now = nanos.getAsLong();
        Set<String> ids = models.stream().map(Candidate::id).collect(Collectors.toSet());
        use.look(words, ids, now);
        greatest.keySet().retainAll(ids);
        Map<String, Double> arriving = new HashMap<>();
        fleet.kinds().forEach(kind -> arriving.merge(kind.kind().model(), kind.asked(), Double::sum));
        List<CopyNeed> needs = new ArrayList<>();
        for (Candidate model : models) {
            double here = model.names().stream()
                    .mapToDouble(name -> arriving.getOrDefault(name, 0.0))
                    .sum();
            double asked = Math.max(here, use.usedASecond(model.id()));
            double peak = greatest.computeIfAbsent(
                            model.id(),
                            first -> new Greatest(settings.downAfter().toNanos()))
                    .with(asked, now);
            int copies = Math.clamp(
                    copies(peak, fleet.terms().capacity()),
                    model.bounds().min(),
                    model.bounds().max());
            needs.add(new CopyNeed(model.id(), asked, model.bounds(), copies, fleet.mayShrink()));
        }
        latest = List.copyOf(needs);
        return latest;
    }

    private int copies(double asked, double capacity) {
        double needed = asked / (capacity * settings.target());
        return needed <= 0 ? 0 : (int) Math.clamp(Math.ceil(needed - SLACK), 1, CopyBounds.MOST);
    }
}
