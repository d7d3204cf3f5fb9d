package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.FamilyGolden;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.Embeddings;

/** Families of which ../shared/models/encoders has no folder, against another implementation. */
class FamilyGoldenTest {
    private static final int MOST_TOKENS = 320;

    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @TestFactory
    Stream<DynamicTest> family_inAnyBatch_givesTheVectorsOfItsReference(@TempDir Path folders) throws IOException {
        return FamilyGolden.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    Path own = Files.createDirectory(folders.resolve(golden.name()));
                    ModelSource.Safetensors source = golden.write(own);
                    check(golden, source, Pooling.MEAN);
                    check(golden, source, Pooling.CLS);
                }));
    }

    private static void check(FamilyGolden golden, ModelSource.Safetensors source, Pooling pooling)
            throws ModelException {
        try (Model<TokenSequence, Vector> model = RaggedSentenceModel.load(
                spec(golden.name(), source, pooling),
                source,
                source.weights().resolveSibling(""),
                Provider.PLAIN_CPU)) {
            List<FamilyGolden.Case> cases = new ArrayList<>(golden.cases());
            List<Vector> alone = new ArrayList<>();
            for (FamilyGolden.Case text : cases) {
                alone.add(model.run(List.of(sequence(golden, text))).getFirst());
                Vector expected = pooling.equals(Pooling.MEAN) ? text.mean() : text.first();
                assertThat(Embeddings.cosine(alone.getLast(), expected))
                        .as("%d tokens, %s", text.tokens(), pooling.label())
                        .isGreaterThan(0.999999);
                assertThat(length(alone.getLast()) / length(expected)).isBetween(0.9999, 1.0001);
            }
            List<Integer> order = new ArrayList<>(Stream.of(0, 1, 2, 3, 2, 1, 1)
                    .map(text -> text % cases.size())
                    .toList());
            Collections.shuffle(order, new Random(5));
            List<Vector> together = model.run(
                    order.stream().map(i -> sequence(golden, cases.get(i))).toList());
            for (int i = 0; i < order.size(); i++) {
                assertThat(together.get(i)).isEqualTo(alone.get(order.get(i)));
            }
        }
    }

    @Test
    void codeOfItsOwn_ofAnotherName_isRefused() throws IOException {
        for (FamilyGolden golden : FamilyGolden.all()) {
            ModelSource.Safetensors source = golden.write(folder);
            ObjectNode config = (ObjectNode) golden.config();
            config.putObject("auto_map").put("AutoModel", "modeling_zebra.ZebraModel");
            Files.writeString(source.config(), config.toString());
            assertThatThrownBy(() -> write(source, MOST_TOKENS))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("auto_map is")
                    .hasMessageContaining("ZebraModel");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nomic|rotary_scaling_factor|2|texts of 320 tokens are asked for, but there are positions for 64",
                "nomic|num_experts|8|has no moe_top_k",
                "nomic-moe|moe_top_k|5|moe_top_k is 5 of num_experts 4",
                "nomic-moe|num_experts|3|router.layer.weight has the shape",
                "nomic-moe|num_shared_experts|1|only 0 is supported",
                "nomic-moe|expert_choice_router|true|expert_choice_router is true",
                "nomic|rotary_emb_fraction|0.5|only 1 is supported",
                "nomic|prenorm|true|prenorm is true",
                "gte|logn_attention_scale|true|logn_attention_scale is true",
                "jina|feed_forward_type|\"original\"|geglu and reglu are",
                "deberta-v2|pos_att_type|\"p2p\"|pos_att_type has p2p",
                "deberta-v2-conv|conv_groups|2|conv_kernel_size 3 with conv_groups 2",
                "deberta-v2|position_buckets|8|encoder.rel_embeddings.weight has the shape",
                "albert|num_hidden_groups|3|no tensor encoder.albert_layer_groups.2",
                "big-bird|block_size|16|sees all of a text up to 176 tokens only",
                "deberta|talking_head|true|talking_head is true",
                "roformer|embedding_size|10|embeddings.word_embeddings.weight has the shape",
                "llama|mlp_bias|false|proj.bias has no place",
                "llama|partial_rotary_factor|0.5|partial_rotary_factor is 0.5",
                "llama|rope_scaling|{\"rope_type\": \"proportional\"}|rope_type proportional is not supported",
                "llama|rope_scaling|{\"rope_type\": \"longrope\", \"short_factor\": [1, 2]}|short_factor has 2 numbers; it must have 4",
                "phi3-long|original_max_position_embeddings|64|texts of 320 tokens are asked for, but there are positions for 64",
                "phi3|rope_parameters|{\"partial_rotary_factor\": 0.4}|by which 3 numbers of 8 would",
                "phi3|rope_parameters|{\"rope_type\": \"linear\", \"factor\": 2}|rope_type linear is not supported for phi3",
                "phi3|num_key_value_heads|2|qkv_proj.weight has the shape",
                "longformer|attention_window|[16]|attention_window is [16]; it must be one even number",
                "longformer|attention_window|7|attention_window is [7, 7]",
                "convbert|conv_kernel_size|4|conv_kernel_size 4 is not supported",
                "convbert-groups|num_groups|3|cannot be cut into 3 groups: it is from 16 to 24",
                "squeezebert|q_groups|3|cannot be cut into 3 groups",
                "squeezebert|embedding_size|8|embedding_size is 8 and hidden_size 16",
                "mobilebert|normalization_type|\"rms_norm\"|normalization_type rms_norm is not supported",
                "mobilebert|intra_bottleneck_size|7|a width of 7 cannot be cut into 2 heads",
                "rembert|input_embedding_size|10|embeddings.word_embeddings.weight has the shape",
                "granite|mlp_bias|true|has no tensor layers.0.mlp.gate_proj.bias",
                "olmo3-usual|rope_theta|null|rope_theta is not there",
                "olmo3|sliding_window|null|has no sliding_window",
                "olmo3|layer_types|[\"sliding_attention\"]|missing for layer 1",
                "gpt2|n_head|3|a width of 16 cannot be cut into 3 heads",
                "gpt2|n_inner|24|mlp.c_fc.weight has the shape",
                "gpt-neo|attention_types|[[[\"global\"], 1]]|must name each of 2 layers global or local",
                "gpt-neo|attention_types|[[[\"global\", \"far\"], 1]]|must name each of 2 layers global or local",
                "gpt-neox|rope_parameters|{\"partial_rotary_factor\": 0.2}|by which 3 numbers of 16 would",
                "gpt-neox|use_parallel_residual|1|must be true or false",
                "olmo2|partial_rotary_factor|0.5|partial_rotary_factor is 0.5",
                "smollm3|no_rope_layers|[1]|no_rope_layers has 1 layers of 3",
                "smollm3|layer_types|[\"chunked_attention\"]|layer_types has chunked_attention",
                "llama|rope_scaling|{\"rope_type\": \"yarn\", \"factor\": 0.5}|factor is 0.5",
                "llama-dynamic|max_position_embeddings|64|texts of 320 tokens are asked for, but there are positions for 64",
                "llama|rope_scaling|{\"type\": \"linear\"}|at rope_scaling has no number factor",
                "llama-llama3|rope_scaling|{\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 4, \"high_freq_factor\": 4}|high_freq_factor 4.0",
                "mistral|layer_types|[\"full_attention\"]|layer_types is",
                "llama|rope_scaling|{\"rope_type\": \"linear\", \"type\": \"yarn\", \"factor\": 2}|rope_type is linear and type yarn",
                "llama|rope_scaling|{\"rope_type\": \"default\", \"partial_rotary_factor\": 0.5}|partial_rotary_factor is 0.5",
                "olmo3-later|rope_scaling|{\"rope_type\": \"linear\", \"factor\": 2}|rope_scaling stands beside rope_parameters",
                "olmo3-later|rope_parameters|{\"rope_theta\": 500}|rope_parameters must have a section for each kind of layers",
                "olmo3-later|transformers_version|\"4.57.6\"|rope_parameters is not read by transformers 4.57.6",
                "gpt2|is_causal|false|is_causal is false",
                "gemma|is_causal|false|is_causal is false",
                "gemma2|attn_logit_softcapping|0|attn_logit_softcapping is 0.0 and must be over 0",
                "gemma3-causal|attn_logit_softcapping|5|attn_logit_softcapping is 5, which is not supported",
                "granite|attention_multiplier|0|attention_multiplier is 0.0 and must be over 0",
                "deberta-v2|relative_attention|null|relative_attention is not true",
                "bert-mish|position_embedding_type|null|position_embedding_type is null",
                "big-bird|use_bias|null|use_bias is null",
                "bart|decoder_attention_heads|8|decoder_attention_heads and encoder_attention_heads must be the same",
                "bart|is_causal|false|is_causal is false",
                "gptj|rotary_dim|10|rotary_dim is 10; it must be an even number up to 8",
                "opt|layer_norm_elementwise_affine|false|only true is supported",
                "opt|word_embed_proj_dim|16|embed_tokens.weight has the shape",
                "bloom|n_head|5|a width of 36 cannot be cut into 5 heads",
                "gte|rope_parameters|{\"rope_theta\": 500}|rope_parameters is",
                "stablelm|partial_rotary_factor|0.2|by which 1 numbers of 8 would",
                "stablelm-large|qk_layernorm|false|has no place",
                "starcoder2|layer_types|[\"full_attention\"]|layer_types is",
                "phi|is_causal|false|is_causal is false",
                "cohere|layer_types|[\"full_attention\"]|layer_types is",
                "cohere2|layer_types|[\"chunked_attention\"]|layer_types has chunked_attention",
                "olmo-bounded|attention_bias|false|has no place",
                "llama-nemotron|is_causal|true|is_causal is true",
                "qwen2-both-ways|transformers_version|\"5.1.0\"|is_causal is false, which transformers heeds since release 5.2",
                "qwen2-both-ways|transformers_version|null|is_causal is false, which transformers heeds since release 5.2",
                "gte-qwen2|is_causal|true|is_causal is true; only false is supported",
                "gte-qwen2|is_causal|null|is_causal is null; only false is supported",
                "esm|position_embedding_type|\"relative_key\"|absolute and rotary are supported",
                "esm|mask_token_id|null|has no mask_token_id",
                "esm|is_folding_model|true|is_folding_model is true"
            })
    void config_thatAsksForMore_isRefusedByItsName(String family, String key, String value, String message)
            throws IOException {
        FamilyGolden golden = named(family);
        ModelSource.Safetensors source = golden.write(folder);
        ObjectNode config = (ObjectNode) golden.config();
        config.put("max_trained_positions", 64).put("moe_every_n_layers", 2);
        config.set(key, new JsonMapper().readTree(value));
        Files.writeString(source.config(), config.toString());
        assertThatThrownBy(() -> write(source, MOST_TOKENS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void flag_thatIsNull_isDown() throws IOException, ModelException {
        FamilyGolden golden = named("gpt-neox-one-after-the-other");
        ModelSource.Safetensors source = golden.write(folder);
        ((ObjectNode) golden.config()).putNull("use_parallel_residual");
        Files.writeString(source.config(), golden.config().toString());
        check(golden, source, Pooling.MEAN);
    }

    /** Angles go on where a table would end. */
    @Test
    void familyThatTurns_beyondThePositionsOfItsFile_givesTheSameVectors() throws IOException, ModelException {
        FamilyGolden golden = named("starcoder2");
        ModelSource.Safetensors source = golden.write(folder);
        ((ObjectNode) golden.config()).put("max_position_embeddings", 32);
        Files.writeString(source.config(), golden.config().toString());
        check(golden, source, Pooling.MEAN);
    }

    /** What its code does where config.json does not say differs from folder to folder. */
    @Test
    void qwenOfCodeOfItsOwn_thatDoesNotSayWhereItLooks_isRefused() throws IOException {
        FamilyGolden golden = named("gte-qwen2");
        ModelSource.Safetensors source = golden.write(folder);
        ObjectNode config = (ObjectNode) golden.config();
        config.remove("is_causal");
        Files.writeString(source.config(), config.toString());
        assertThatThrownBy(() -> write(source, MOST_TOKENS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is_causal is not there");
        config.put("is_causal", false)
                .put("sliding_window", 8)
                .putArray("layer_types")
                .add("sliding_attention");
        Files.writeString(source.config(), config.toString());
        assertThatThrownBy(() -> write(source, MOST_TOKENS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("layer 0 has a window");
    }

    private static FamilyGolden named(String family) throws IOException {
        return FamilyGolden.all().stream()
                .filter(each -> each.name().equals(family))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void typesThatWouldBeWords_ofAFamilyThatAddsThem_areRefused() throws IOException {
        for (FamilyGolden golden : FamilyGolden.all()) {
            ModelSource.Safetensors source = golden.write(folder);
            boolean adds = List.of("gpt2", "gpt_neo", "gptj")
                    .contains(golden.config().path("model_type").asText());
            ThrowingCallable check = () -> EncoderGraph.mustKnowTypes(source.config());
            if (adds) {
                assertThatThrownBy(check)
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("gives token_type_ids")
                        .hasMessageContaining("GPT2Tokenizer");
            } else {
                assertThatCode(check).doesNotThrowAnyException();
            }
        }
    }

    private static EncoderGraph write(ModelSource.Safetensors source, int mostTokens) throws ModelException {
        return EncoderGraph.write(
                source.config(), source.weights(), mostTokens, false, EncoderGraph.Output.TOKENS, ElementType.FP32);
    }

    private static TokenSequence sequence(FamilyGolden golden, FamilyGolden.Case text) {
        return new TokenSequence(golden.ids(text.tokens()));
    }

    private static double length(Vector vector) {
        double sum = 0;
        for (int i = 0; i < vector.dimension(); i++) {
            sum += vector.get(i) * vector.get(i);
        }
        return Math.sqrt(sum);
    }

    private static ModelSpec spec(String id, ModelSource source, Pooling pooling) {
        return new ModelSpec(
                id,
                List.of(),
                source,
                EngineKind.ONNXRUNTIME,
                DeviceChoice.CPU,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.SentenceEncoding(
                        new TokenInput(MOST_TOKENS, 0, true), pooling, false, Map.of(), null, Recipe.PLAIN));
    }
}
