package phifleet.worker.http.ingest;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.MemoryAttribute;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import phifleet.http.BodyBudget;

/** Makes the parts of a form, none of which can take more memory than it may. */
final class FormParts extends DefaultHttpDataFactory {
    /** A field that is no file. */
    private static final long FIELD_BYTES = 64 * 1024;

    private final int fileBytes;
    private final BodyBudget budget;

    FormParts(int fileBytes, BodyBudget budget) {
        super(false);
        this.fileBytes = fileBytes;
        this.budget = budget;
    }

    @Override
    public FileUpload createFileUpload(
            HttpRequest request,
            String name,
            String filename,
            @Nullable String contentType,
            @Nullable String contentTransferEncoding,
            @Nullable Charset charset,
            long size) {
        return new FormFile(name, filename, charset, fileBytes, budget);
    }

    @Override
    public Attribute createAttribute(HttpRequest request, String name) {
        return bounded(new MemoryAttribute(name));
    }

    @Override
    public Attribute createAttribute(HttpRequest request, String name, long definedSize) {
        return bounded(new MemoryAttribute(name));
    }

    private static Attribute bounded(MemoryAttribute attribute) {
        attribute.setMaxSize(FIELD_BYTES);
        return attribute;
    }
}
