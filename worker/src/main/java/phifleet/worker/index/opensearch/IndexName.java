package phifleet.worker.index.opensearch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import phifleet.common.Sha256;
import phifleet.worker.index.VectorSource;

/**
 * What the index of a source is called in OpenSearch: an alias, by which all is asked, and behind it an index. Nobody makes an index by
 * writing to an alias that is not there, as OpenSearch would by writing to an index.
 */
record IndexName(String alias) {
    /** Characters of the model's name, which is there for people. */
    private static final int LONGEST_MODEL = 100;

    private static final int DIGITS = 16;

    /** The one of a source, which no other source has. */
    static IndexName of(String prefix, VectorSource source) {
        String model = source.model().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        String all = source.model() + "\n" + source.checksum() + "\n" + source.dimension()
                + (source.writtenContents().isEmpty() ? "" : "\n" + source.writtenContents());
        String hash = HexFormat.of().formatHex(Sha256.digest().digest(all.getBytes(StandardCharsets.UTF_8)));
        return new IndexName(prefix + "-" + model.substring(0, Math.min(LONGEST_MODEL, model.length())) + "-"
                + hash.substring(0, DIGITS));
    }

    /** The index behind the alias. */
    String index() {
        return alias + "-v1";
    }

    /** A path of the alias's. */
    String path(String rest) {
        return "/" + alias + rest;
    }

    /** The path of a document. */
    String document(String id) {
        return path("/_doc/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
