package phifleet.worker.http.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.Vector;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.TextInput;
import phifleet.inference.text.ZeroShot;
import phifleet.worker.http.image.ImageFile;
import phifleet.worker.http.image.PairedWork;
import phifleet.worker.http.lane.TimingHeaders;

/**
 * Images to be classified by the caller's labels, as transformers' {@code zero-shot-image-classification} pipeline has it (4.57): each
 * label is a sentence, and what counts is how near its vector is to the image's.
 *
 * @param pictureField what the images are called in the request
 * @param template a sentence with {@value ZeroShot#PLACE} in the label's place
 * @param most labels an image
 * @param least the least score
 * @param isNative whether the answer is an object of this project's own; else Hugging Face's list of labels, for one image
 */
record ImageLabelsQuestion(
        List<ImageFile> pictures,
        String pictureField,
        List<String> labels,
        String template,
        @Nullable String model,
        boolean truncate,
        int most,
        float least,
        boolean isNative)
        implements Question<TextImageEncoder> {
    /** What transformers says where nobody says anything. */
    static final String USUAL_TEMPLATE = "This is a photo of {}.";

    ImageLabelsQuestion {
        pictures = List.copyOf(pictures);
        labels = List.copyOf(labels);
    }

    @Override
    public Class<TextImageEncoder> kind() {
        return TextImageEncoder.class;
    }

    @Override
    public String kindLabel() {
        return "text-image-encoder";
    }

    @Override
    public String field() {
        return isNative ? "labels" : HubImageParser.LABELS;
    }

    @Override
    public String path(int index) {
        return JsonInput.path(field(), index);
    }

    @Override
    public ProblemShape problems() {
        return isNative ? NativeProblems.SHAPE : TeiProblems.SHAPE;
    }

    @Override
    public @Nullable Problem unfit(TextImageEncoder encoder) {
        return encoder.match() != null
                ? null
                : Problem.of(
                        424,
                        "scores_unknown",
                        "nobody knows what makes scores of the cosines of "
                                + encoder.description().id()
                                + ": put the joint graph, onnx/model.onnx, into its folder, or set logit-scale"
                                + " in models.yaml; its vectors are there at /embed",
                        "model");
    }

    @Override
    public Encoding encode(TextImageEncoder encoder) {
        return encoder.encode(
                labels.stream()
                        .<TextInput>map(label -> new TextInput.Text(ZeroShot.hypothesis(template, label)))
                        .toList(),
                new EncodeOptions(truncate, EncodeOptions.Direction.USUAL, null));
    }

    /** Decodes the images, and gives texts and images to the model's lanes. */
    Reply reply(TextImageEncoder encoder, Encoding.Encoded encoded, PairedWork pairs) {
        return pairs.reply(
                new PairedWork.Asked(encoder, encoded, field(), pictures, pictureField, problems()),
                (texts, seen, timing) -> {
                    JsonOutput out = new JsonOutput(256 + 64 * labels.size());
                    List<List<Predicted>> scores = scores(encoder, texts, seen);
                    if (isNative) {
                        Predicted.writeNative(scores, encoder.description().id(), out);
                    } else {
                        Predicted.writeTei(scores.getFirst(), out);
                    }
                    return exchange -> {
                        TimingHeaders.put(exchange, encoder, encoded, timing);
                        exchange.answer(out);
                    };
                });
    }

    private List<List<Predicted>> scores(TextImageEncoder encoder, List<Vector> texts, List<Vector> seen) {
        MatchScores match = Objects.requireNonNull(encoder.match());
        List<List<Predicted>> predictions = new ArrayList<>();
        for (Vector image : seen) {
            double[] cosines = texts.stream()
                    .mapToDouble(text -> Embeddings.cosine(text, image))
                    .toArray();
            predictions.add(Predicted.best(labels, match.of(cosines), most, least));
        }
        return predictions;
    }
}
