package phifleet.worker.index.spread;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import phifleet.common.Sha256;
import phifleet.worker.index.ImageRecord;

/**
 * Who keeps a part of the index now, and whose part a picture is in: by rendezvous hashing, so that all workers that know of the same
 * keepers agree without a word, and where one leaves only its own pictures get another owner. Thread-safe.
 */
public final class Keepers {
    private final String self;
    private final AtomicReference<List<Keeper>> others = new AtomicReference<>(List.of());

    /** @param self the id of this worker, which keeps a part too */
    public Keepers(String self) {
        this.self = self;
    }

    /** All that there are now; this worker may be among them. */
    public void are(List<Keeper> all) {
        others.set(all.stream().filter(keeper -> !keeper.id().equals(self)).toList());
    }

    List<Keeper> others() {
        return others.get();
    }

    /** The owner of a picture; null for this worker. */
    @Nullable
    Keeper owner(List<Keeper> others, String pixels) {
        Keeper owner = null;
        long most = weight(self, pixels);
        for (Keeper keeper : others) {
            long weight = weight(keeper.id(), pixels);
            if (Long.compareUnsigned(weight, most) > 0) {
                most = weight;
                owner = keeper;
            }
        }
        return owner;
    }

    /** Whether another is nearer to owning a picture than this worker: of two exactly one is. */
    boolean isNearer(Keeper other, String pixels) {
        int order = Long.compareUnsigned(weight(other.id(), pixels), weight(self, pixels));
        return order == 0 ? other.id().compareTo(self) > 0 : order > 0;
    }

    private static long weight(String keeper, String pixels) {
        byte[] text = (keeper + "\n" + ImageRecord.pixelsOfImage(pixels)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.digest().digest(text)).getLong();
    }
}
