package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.decode.Coded;
import phifleet.inference.vision.decode.Detail;

/**
 * How much of a picture's detail one decode for all models of an index keeps: every pixel of what is known by its pixels, and of larger JPEGs
 * what these models need, but never less than usual ones, so that a photo that is looked for is decoded as it was when it was put in, by whomever.
 */
final class NeededDetail {
    private static final int USUAL_SIDE = 640;
    private static final List<Preprocessing> USUAL =
            List.of(Preprocessings.yolo(USUAL_SIDE, USUAL_SIDE), Preprocessings.UNIT);

    private NeededDetail() {}

    static Detail of(IngestModels models) {
        List<Preprocessing> preprocessings = new ArrayList<>(USUAL);
        preprocessings.add(models.encoder().preprocessing());
        add(models.detector(), preprocessings);
        add(models.faces(), preprocessings);
        Detail needed = ImagePreparation.detail(preprocessings);
        return (width, height) -> Coded.isLarge(width, height) ? needed.part(width, height) : 1;
    }

    private static void add(@Nullable ImageModel model, List<Preprocessing> preprocessings) {
        if (model != null) {
            preprocessings.add(model.preprocessing());
        }
    }
}
