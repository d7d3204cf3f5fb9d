import java.util.Map;
import org.springframework.ai.transformers.TransformersEmbeddingModel;

/**
 * Spring AI's in-process model with the same files, its texts padded to the longest of a list and not, as its tokenizer.json says, to
 * 128 tokens.
 */
final class SpringAi {
    public static void main(String[] arguments) throws Exception {
        TransformersEmbeddingModel model = new TransformersEmbeddingModel();
        model.setModelResource("classpath:/all-minilm-l6-v2.onnx");
        model.setTokenizerResource("classpath:/all-minilm-l6-v2-tokenizer.json");
        model.setTokenizerOptions(Map.of("padding", "true", "truncation", "true", "maxLength", "256"));
        model.setDisableCaching(true);
        model.afterPropertiesSet();
        Turns.run(arguments, model::embed);
    }
}
