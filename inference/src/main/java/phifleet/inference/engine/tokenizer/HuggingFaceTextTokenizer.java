package phifleet.inference.engine.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JacksonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/**
 * A {@code tokenizer.json}, run by Hugging Face's own library through DJL.
 *
 * <p>DJL's {@code Encoding} fetches seven arrays and a string a token through JNI for each text; the hot path needs the ids
 * alone, so it calls DJL's library class for just those.
 *
 * <p>Its native memory is freed once nobody can reach it, and not sooner: a request that nobody waits for any more may still be
 * tokenised while its model is unloaded.
 */
public final class HuggingFaceTextTokenizer implements Tokenizer {
    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;
    private static final Cleaner CLEANER = Cleaner.create();

    private final HuggingFaceTokenizer tokenizer;
    private final VocabularyOutline vocabulary;
    private final int specialTokenCount;
    private final PairTemplate template;

    private HuggingFaceTextTokenizer(HuggingFaceTokenizer tokenizer, VocabularyOutline vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.specialTokenCount = encode("", true).length();
        CLEANER.register(this, tokenizer::close);
        this.template = template();
    }

    /** Of two letters. */
    private PairTemplate template() {
        long encoding = LIBRARY.encodeDual(tokenizer.getHandle(), "a", "b", true);
        try {
            return PairTemplate.read(
                    LIBRARY.getTokenIds(encoding),
                    LIBRARY.getSpecialTokenMask(encoding),
                    LIBRARY.getTypeIds(encoding),
                    encode("a", false),
                    encode("b", false));
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    /**
     * Refuses what a network cannot be given as the tokeniser has it.
     *
     * @param name names the file in errors
     * @param types whether the network is told the types of tokens
     * @param pairs whether it is asked about pairs
     */
    public void mustBeUsual(String name, boolean types, boolean pairs) throws ModelException {
        String odd = pairs ? template.oddOrder() : "";
        if (odd.isEmpty() && types) {
            odd = pairs && !template.oddTypes().isEmpty() ? template.oddTypes() : oddTypes();
        }
        if (!odd.isEmpty()) {
            throw new ModelException(name + " is not supported: " + odd);
        }
    }

    private String oddTypes() {
        long encoding = LIBRARY.encode(tokenizer.getHandle(), "a", true);
        try {
            long[] types = LIBRARY.getTypeIds(encoding);
            return Arrays.stream(types).allMatch(type -> type == 0)
                    ? ""
                    : "the tokens of a single text have the types " + Arrays.toString(types) + "; all must be 0";
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    @Override
    public PairLayout pairLayout() {
        return template.layout();
    }

    /**
     * Reads a tokeniser; its own padding and truncation are switched off, since both belong to the request.
     *
     * @param json the bytes of a {@code tokenizer.json}
     * @param name names the file in errors
     */
    public static HuggingFaceTextTokenizer load(byte[] json, String name) throws ModelException {
        try {
            VocabularyOutline vocabulary = VocabularyOutline.of(json);
            if (vocabulary.dropout() > 0) {
                throw new ModelException(name + ": dropout is " + vocabulary.dropout()
                        + ", by which one text would be cut otherwise each time; only 0 is supported");
            }
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of("truncation", "do_not_truncate", "padding", "do_not_pad", "modelMaxLength", "-1"));
            return new HuggingFaceTextTokenizer(tokenizer, vocabulary);
        } catch (JacksonException e) {
            throw ModelException.ofJson(String.valueOf(name), e);
        } catch (IOException | RuntimeException e) {
            throw new ModelException(name + " is not a tokenizer that can be read: " + e.getMessage(), e);
        }
    }

    /**
     * The same, which makes texts lower case first.
     *
     * @throws ModelException as {@link #load} does
     */
    public static HuggingFaceTextTokenizer loadLowerCase(byte[] json, String name) throws ModelException {
        try {
            return load(LowerCase.first(json), name);
        } catch (IOException e) {
            throw ModelException.ofJson(name, e);
        }
    }

    @Override
    public TokenSequence encode(String text, boolean addSpecialTokens) {
        long encoding = LIBRARY.encode(tokenizer.getHandle(), text, addSpecialTokens);
        try {
            return sequence(LIBRARY.getTokenIds(encoding));
        } finally {
            LIBRARY.deleteEncoding(encoding);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public List<Token> tokens(String text, boolean addSpecialTokens) {
        long encoding = LIBRARY.encode(tokenizer.getHandle(), text, addSpecialTokens);
        try {
            long[] ids = LIBRARY.getTokenIds(encoding);
            String[] texts = LIBRARY.getTokens(encoding);
            long[] special = LIBRARY.getSpecialTokenMask(encoding);
            @Nullable CharSpan[] spans = LIBRARY.getTokenCharSpans(encoding);
            List<Token> tokens = new ArrayList<>(ids.length);
            for (int i = 0; i < ids.length; i++) {
                CharSpan span = spans[i];
                tokens.add(new Token(
                        (int) ids[i],
                        texts[i],
                        special[i] != 0,
                        span == null ? 0 : span.getStart(),
                        span == null ? 0 : span.getEnd()));
            }
            return tokens;
        } finally {
            LIBRARY.deleteEncoding(encoding);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public String decode(TokenSequence sequence, boolean skipSpecialTokens) {
        long[] ids = new long[sequence.length()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = sequence.id(i);
        }
        try {
            return LIBRARY.decode(tokenizer.getHandle(), ids, skipSpecialTokens);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public int specialTokenCount() {
        return specialTokenCount;
    }

    @Override
    public int vocabularySize() {
        return vocabulary.all();
    }

    @Override
    public int ordinarySize() {
        int size = vocabulary.words();
        TokenSequence own = encode("", true);
        for (int i = 0; i < own.length(); i++) {
            size = Math.max(size, own.id(i) + 1);
        }
        return size;
    }

    private static TokenSequence sequence(long[] ids) {
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = (int) ids[i];
        }
        return new TokenSequence(narrow);
    }
}
