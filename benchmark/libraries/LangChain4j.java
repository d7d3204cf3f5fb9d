import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;

/** LangChain4j's in-process model, as its documentation has it. */
final class LangChain4j {
    public static void main(String[] arguments) throws Exception {
        EmbeddingModel model = new AllMiniLmL6V2EmbeddingModel();
        Turns.run(arguments, texts -> model
                .embedAll(texts.stream().map(TextSegment::from).toList())
                .content()
                .stream()
                .map(Embedding::vector)
                .toList());
    }
}
