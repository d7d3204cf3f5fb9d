package phifleet.worker.http.ingest.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.worker.index.opensearch.OpenSearchSettings;

/**
 * What becomes of images that are to be indexed.
 *
 * @param folder where the index is, of this worker alone; null where it is in OpenSearch, or there is none
 * @param openSearch where the index is that workers share; null where it is in a folder, or there is none
 * @param parts whether workers with folders keep one index together, each a part of it
 * @param detector the model that finds things; null for the first detector of more than faces, {@link #NO_DETECTOR} for none
 * @param faces the model that finds faces, for those who ask; null for the first detector of faces alone
 * @param encoder the model that makes vectors; null for the first image encoder, else the first of texts and images
 * @param nextEncoder the one whose vectors an index is filled with beside the other, and which then takes its place; null where none is to come
 * @param near the cosine from which on two images are near duplicates; what it means depends on the encoder
 * @param faceScore that a face must reach, 0 to 1; what it means depends on the detector of faces
 * @param ocr who reads the text in images
 * @param quantised whether vectors are searched in 7 bits a number
 * @param reduce whether a large JPEG is decoded with no more detail than models need
 * @param inHand images that are worked on at once, and that one request may have waiting
 * @param maxFileBytes of one image's file
 * @param maxImages of one request
 */
public record IngestSettings(
        @Nullable Path folder,
        @Nullable OpenSearchSettings openSearch,
        boolean parts,
        @Nullable String detector,
        @Nullable String faces,
        @Nullable String encoder,
        @Nullable String nextEncoder,
        double near,
        double faceScore,
        OcrSettings ocr,
        boolean quantised,
        boolean reduce,
        int inHand,
        int maxFileBytes,
        int maxImages) {
    static final String NO_DETECTOR = "none";

    private static final int MIB = 1 << 20;

    /**
     * Reads the section {@code ingest}.
     *
     * @param processors what the machine has
     */
    public static IngestSettings read(SettingsSection section, int processors) {
        Path folder = Optional.ofNullable(section.optionalText("folder"))
                .map(Path::of)
                .orElse(null);
        OpenSearchSettings openSearch = OpenSearchSettings.read(section.section("opensearch"));
        if (folder != null && openSearch != null) {
            section.mistake(
                    "folder",
                    folder.toString(),
                    "cannot be set beside ingest.opensearch.url: an index is in one place");
        }
        boolean parts = section.flag("parts", false);
        if (parts && folder == null) {
            section.mistake("parts", "true", "needs ingest.folder, in which this worker's part is");
        }
        return new IngestSettings(
                folder,
                openSearch,
                parts,
                section.optionalText("detector"),
                section.optionalText("faces"),
                section.optionalText("encoder"),
                section.optionalText("next-encoder"),
                section.decimal("near-duplicate", 0.99, 0, 1),
                section.decimal("face-score", 0.7, 0, 1),
                OcrSettings.read(section.section("ocr")),
                section.flag("quantised", false),
                section.flag("reduce", true),
                // As many as decode, and as many whose tensors wait for the device or are on it.
                section.integer("in-hand", 2 * processors + 8, 1, 4096),
                section.integer("max-file-bytes", 32 * MIB, 1024, 1024 * MIB),
                section.integer("max-images", 10_000, 1, 1_000_000));
    }

    /** Whether there is an index. */
    public boolean keepsIndex() {
        return folder != null || openSearch != null;
    }

    /** Whether other workers have the same one. */
    public boolean sharesIndex() {
        return openSearch != null;
    }

    /** The same of who only reads the index. */
    IngestSettings withoutDetector() {
        return new IngestSettings(
                folder,
                openSearch,
                parts,
                NO_DETECTOR,
                faces,
                encoder,
                nextEncoder,
                near,
                faceScore,
                ocr,
                quantised,
                reduce,
                inHand,
                maxFileBytes,
                maxImages);
    }
}
