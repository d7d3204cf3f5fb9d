package phifleet.inference.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model does, and what only models that do this have to be told. Decides its routes and the shape of its answers. */
public sealed interface Task {

    /** The name in settings, in answers and in the fleet. */
    String label();

    /** What its inputs are counted in. */
    WorkUnit unit();

    /** Names of what it tells apart, in the order of the model's scores; empty where it tells nothing apart by name. */
    default List<String> labels() {
        return List.of();
    }

    /** A task whose inputs are texts or pairs of texts. */
    sealed interface OfTexts extends Task {
        TokenInput input();

        /** What is made of the output that is read; {@link Pooling#NONE} where it has one row a text already. */
        default Pooling pooling() {
            return Pooling.NONE;
        }

        /** What else belongs to the way from a text to the answer. */
        Recipe recipe();

        /** What it gives of each token besides; null for nothing. */
        default @Nullable TokenHeads heads() {
            return null;
        }

        /** What of a text the network's numbers are of. */
        default Grain grain() {
            return Grain.TEXT;
        }

        @Override
        default WorkUnit unit() {
            return WorkUnit.TOKENS;
        }
    }

    /** What of a text a network gives numbers for. */
    enum Grain {
        /** The text as a whole. */
        TEXT,
        /** Each of its tokens, special ones included. */
        TOKEN,
        /** Each of its words as the first of spans of up to so many words, for each label. */
        SPAN
    }

    /** A task whose inputs are images. */
    sealed interface OfImages extends Task {
        /** The way from an image to the model's only input. */
        Preprocessing preprocessing();

        @Override
        default WorkUnit unit() {
            return WorkUnit.PIXELS;
        }
    }

    /**
     * Texts in, one vector a text out.
     *
     * @param normalize whether vectors are scaled to length one unless a request says otherwise
     * @param prompts texts put before an input, by name
     * @param defaultPrompt the name of the prompt used where a request names none; null for no prompt
     * @param recipe what else belongs to the way from a text to its vector
     * @param overflow what becomes of a text that is too long
     * @param heads what it gives of each token by the same run; null where that is nothing
     * @param ranges between what bounds its vectors' numbers lie; null where nobody measured it
     */
    record SentenceEncoding(
            TokenInput input,
            Pooling pooling,
            boolean normalize,
            Map<String, String> prompts,
            @Nullable String defaultPrompt,
            Recipe recipe,
            Overflow overflow,
            @Nullable TokenHeads heads,
            @Nullable NumberRanges ranges)
            implements OfTexts {
        public SentenceEncoding {
            prompts = Map.copyOf(prompts);
        }

        /** One that cuts what is too long and gives nothing of tokens. */
        public SentenceEncoding(
                TokenInput input,
                Pooling pooling,
                boolean normalize,
                Map<String, String> prompts,
                @Nullable String defaultPrompt,
                Recipe recipe) {
            this(input, pooling, normalize, prompts, defaultPrompt, recipe, Overflow.TRUNCATE, null, null);
        }

        /** The same with other heads, or with none. */
        public SentenceEncoding with(@Nullable TokenHeads heads) {
            return new SentenceEncoding(
                    input, pooling, normalize, prompts, defaultPrompt, recipe, overflow, heads, ranges);
        }

        /** The same for vectors of so many numbers, of which none is cut off where there are no more than are asked for. */
        public SentenceEncoding of(int dimension) {
            return new SentenceEncoding(
                    input, pooling, normalize, prompts, defaultPrompt, recipe.of(dimension), overflow, heads, ranges);
        }

        @Override
        public String label() {
            return "sentence-encoder";
        }

        /** The names of the prompts in their alphabet's order. */
        public List<String> promptNames() {
            return prompts.keySet().stream().sorted().toList();
        }
    }

    /**
     * Pairs of a query and a text in, one score a pair out.
     *
     * @param activation what makes a score of the model's only number
     * @param prompt how a decoder is asked; null for an encoder, which takes the pair as its tokeniser joins it
     */
    record CrossEncoding(
            TokenInput input,
            Pooling pooling,
            Activation activation,
            @Nullable RankingPrompt prompt,
            Recipe recipe) implements OfTexts {
        @Override
        public String label() {
            return "cross-encoder";
        }
    }

    /**
     * Texts or pairs of texts in, a score a label out.
     *
     * @param labels in the order of the model's scores
     * @param pooling of what its layers are put behind; none where the graph has them
     * @param activation what makes scores of the model's numbers
     */
    record TextClassification(
            TokenInput input, Pooling pooling, List<String> labels, Activation activation, Recipe recipe)
            implements OfTexts {
        public TextClassification {
            labels = List.copyOf(labels);
        }

        @Override
        public String label() {
            return "classifier";
        }
    }

    /**
     * Texts in, weights of the vocabulary's tokens out.
     *
     * @param squashed how often the logarithm of one more is taken of what is over 0: once, or twice as OpenSearch's models do
     * @param summed whether a weight is the sum of what all tokens of the text give it, in place of the largest
     * @param queries the weight of each token of a query, where queries need no model; null where they are run like texts
     */
    record SparseEncoding(
            TokenInput input,
            int squashed,
            boolean summed,
            @Nullable TokenWeights queries,
            Recipe recipe) implements OfTexts {
        @Override
        public Pooling pooling() {
            return Pooling.of(Pooling.Mode.MAX);
        }

        @Override
        public String label() {
            return "sparse-encoder";
        }
    }

    /**
     * Texts in, named spans of them out, of kinds that the model was trained for: a score a label for each token.
     *
     * @param labels of tokens, in the order of the model's scores; {@code B-} and {@code I-} before a kind tell where a span begins
     * @param marksSubwords whether the vocabulary spells a token that goes on with a word otherwise than one that begins it
     * @param unknown the token for what the vocabulary does not have; -1 where it has all
     */
    record TokenClassification(TokenInput input, List<String> labels, boolean marksSubwords, int unknown, Recipe recipe)
            implements OfTexts {
        public TokenClassification {
            labels = List.copyOf(labels);
        }

        @Override
        public Grain grain() {
            return Grain.TOKEN;
        }

        @Override
        public String label() {
            return "entity-extractor";
        }
    }

    /**
     * Texts and labels of the caller's in, spans of the texts with these labels out, by a score for each span and label.
     *
     * @param labelToken stands before each label
     * @param textToken stands between the labels and the text
     * @param maxWidth words of the longest span
     * @param maxWords of one window of a text
     */
    record SpanExtraction(
            TokenInput input, String labelToken, String textToken, int maxWidth, int maxWords, Recipe recipe)
            implements OfTexts {
        @Override
        public Grain grain() {
            return Grain.SPAN;
        }

        @Override
        public String label() {
            return "entity-extractor";
        }
    }

    /**
     * Texts in, a vector of length one for each of their tokens out: late interaction, as ColBERT has it. Queries and documents are told
     * apart by a token behind the first of the model's own.
     *
     * @param input whose limit is a document's
     * @param queryToken stands in queries
     * @param documentToken stands in documents
     * @param queryTokens of one query, special ones included
     * @param filler fills queries up to that length; −1 where they are not filled up
     * @param attendsFiller whether other tokens attend to it; its own vectors count in any case
     * @param skipped tokens of documents whose vectors are left out
     * @param dimension numbers a vector, as the files say it; 0 where they do not
     */
    record MultiVectorEncoding(
            TokenInput input,
            int queryToken,
            int documentToken,
            int queryTokens,
            int filler,
            boolean attendsFiller,
            Set<Integer> skipped,
            int dimension,
            Recipe recipe)
            implements OfTexts {
        public MultiVectorEncoding {
            skipped = Set.copyOf(skipped);
        }

        @Override
        public Grain grain() {
            return Grain.TOKEN;
        }

        @Override
        public String label() {
            return "multi-vector-encoder";
        }
    }

    /**
     * Images in, a score a label out.
     *
     * @param labels in the order of the model's scores
     * @param output the output with the scores; null where the shapes leave no choice
     */
    record ImageClassification(
            Preprocessing preprocessing,
            List<String> labels,
            @Nullable String output) implements OfImages {
        public ImageClassification {
            labels = List.copyOf(labels);
        }

        @Override
        public String label() {
            return "image-classifier";
        }
    }

    /**
     * Images in, boxes with labels out.
     *
     * @param labels in the order of the model's scores
     * @param head how the outputs hold boxes, by its name; null where the shapes leave no choice
     */
    record Detection(
            Preprocessing preprocessing,
            List<String> labels,
            @Nullable String head) implements OfImages {
        public Detection {
            labels = List.copyOf(labels);
        }

        @Override
        public String label() {
            return "detector";
        }
    }

    /**
     * Images in, one vector an image out.
     *
     * @param output the output with the vector; null where the shapes leave no choice
     * @param normalize whether vectors are scaled to length one
     */
    record ImageEncoding(
            Preprocessing preprocessing, @Nullable String output, boolean normalize) implements OfImages {
        @Override
        public String label() {
            return "image-encoder";
        }
    }

    /**
     * Texts or images in, one vector each out, all in one space, so that words and pictures can be compared.
     *
     * @param match what scores are made of; null where no file says it
     */
    record TextImageEncoding(
            SentenceEncoding texts,
            ImageEncoding images,
            @Nullable MatchScores match) implements Task {
        @Override
        public String label() {
            return "text-image-encoder";
        }

        /** Of its texts; its images are pixels, in a lane of their own. */
        @Override
        public WorkUnit unit() {
            return texts.unit();
        }
    }

    /** One of the three networks that read the text in images together; by itself it takes and gives tensors. */
    record Ocr(OcrPart part) implements Task {
        @Override
        public String label() {
            return part.label();
        }

        @Override
        public WorkUnit unit() {
            return WorkUnit.PIXELS;
        }
    }

    /** Named tensors in, named tensors out, and no meaning but the caller's. */
    record Tensors() implements Task {
        @Override
        public String label() {
            return "tensors";
        }

        @Override
        public WorkUnit unit() {
            return WorkUnit.ELEMENTS;
        }
    }
}
