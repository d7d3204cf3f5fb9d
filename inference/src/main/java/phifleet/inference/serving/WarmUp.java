package phifleet.inference.serving;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** Runs examples before a model serves, for engines that get faster with what they have run. */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private WarmUp() {}

    /**
     * On the calling thread, as often as the model's settings say.
     *
     * @param batch a whole one
     */
    public static <I> void run(ModelSpec spec, Model<I, ?> model, List<I> batch) {
        try {
            for (int i = 0; i < spec.scheduling().warmup(); i++) {
                model.run(batch);
            }
        } catch (ModelException | RuntimeException e) {
            LOG.warn("{}: it is not warmed up, since an example fails: {}", spec.id(), e.getMessage());
        }
    }
}
