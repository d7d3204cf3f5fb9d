import java.util.Map;
import org.springframework.ai.transformers.TransformersEmbeddingModel;

/** Spring AI's in-process model, as its documentation has it for lists. */
final class SpringAi {
    public static void main(String[] arguments) throws Exception {
        try (TransformersEmbeddingModel model = new TransformersEmbeddingModel()) {
            model.setTokenizerResource("classpath:/all-minilm-l6-v2-tokenizer.json");
            model.setTokenizerOptions(Map.of("padding", "true"));
            model.setModelResource("classpath:/all-minilm-l6-v2.onnx");
            model.setResourceCacheDirectory(arguments[1]);
            model.afterPropertiesSet();
            Turns.run(arguments, model::embed);
        }
    }
}
