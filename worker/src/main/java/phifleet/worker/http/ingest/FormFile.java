package phifleet.worker.http.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.multipart.MemoryFileUpload;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.BodyBudget;
import phifleet.worker.http.ingest.pipeline.GivenImage;

/**
 * A file of a form, as it comes: kept while it is within the limits and the memory for bodies has room, else read and dropped, so that
 * those behind it are served. For one event loop.
 */
final class FormFile extends MemoryFileUpload {
    private static final String TYPE = "application/octet-stream";

    private final int most;
    private final BodyBudget budget;
    private long taken;
    private @Nullable Problem problem;

    FormFile(String name, String filename, @Nullable Charset charset, int most, BodyBudget budget) {
        // A size that was announced would be believed.
        super(name, filename, TYPE, null, charset, 0);
        this.most = most;
        this.budget = budget;
    }

    @Override
    public void addContent(ByteBuf buffer, boolean last) throws IOException {
        int bytes = buffer.readableBytes();
        if (problem == null && taken + bytes > most) {
            drop(IngestProblems.tooLarge(most));
        } else if (problem == null && !budget.take(bytes, taken + bytes)) {
            drop(IngestProblems.full());
        }
        if (problem == null) {
            taken += bytes;
            super.addContent(buffer, last);
        } else {
            buffer.release();
            super.addContent(Unpooled.EMPTY_BUFFER, last);
        }
    }

    private void drop(Problem reason) {
        problem = reason;
        delete();
    }

    /** Why it was dropped; null where it was not. */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** Its bytes, and with them what they hold of the budget. */
    GivenImage take(@Nullable String given, Map<String, Object> metadata) {
        GivenImage image = new GivenImage(given, metadata, get(), budget, taken);
        taken = 0;
        delete();
        return image;
    }

    /** Gives back what it holds, whoever is done with it. */
    @Override
    public void delete() {
        budget.give(taken);
        taken = 0;
        super.delete();
    }
}
