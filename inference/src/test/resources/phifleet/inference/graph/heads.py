"""Lines of heads.json, for HeadLayersGoldenTest: tiny classifiers of texts and of tokens, and what transformers gives, in 64-bit floats.

    python heads.py [NAME...]     needs transformers and torch; 4.57.6 made these lines, 5.24.0 those whose config.json names it

Files are as the library writes them, but for the weights, which are made of names as families.py has them.
"""

import json
import pathlib
import sys
import tempfile

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoModelForTokenClassification

from families import rounded, values

KINDS = {"text": AutoModelForSequenceClassification, "token": AutoModelForTokenClassification}

SIZES = dict(vocab_size=40, hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=2, max_position_embeddings=64)
ENCODER = dict(SIZES, pad_token_id=0)
SHIFTED = dict(SIZES, pad_token_id=1)
DECODER = dict(SIZES, num_key_value_heads=1, pad_token_id=3, bos_token_id=1, eos_token_id=2)
GPT = dict(vocab_size=40, n_embd=16, n_layer=1, n_head=2, n_positions=64, pad_token_id=3)
HALVES = dict(vocab_size=40, d_model=16, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=24, decoder_ffn_dim=20,
              encoder_attention_heads=2, decoder_attention_heads=2, max_position_embeddings=64)
T5 = dict(vocab_size=40, d_model=16, d_kv=8, d_ff=24, num_layers=1, num_heads=2, relative_attention_num_buckets=8)

FAMILIES = {
    "albert": dict(ENCODER, embedding_size=8),
    "bart": HALVES,
    "bert": ENCODER,
    "big_bird": dict(ENCODER, attention_type="original_full", hidden_act="relu"),
    "bloom": dict(vocab_size=40, hidden_size=16, n_layer=1, n_head=2),
    "camembert": SHIFTED,
    "cohere": DECODER,
    "cohere2": DECODER,
    "convbert": dict(ENCODER, embedding_size=16, conv_kernel_size=3, head_ratio=1, hidden_act="relu"),
    "data2vec-text": SHIFTED,
    "deberta": dict(ENCODER, type_vocab_size=2, pos_att_type=["p2c", "c2p"], relative_attention=True, pooler_hidden_size=16),
    "deberta-v2": dict(ENCODER, type_vocab_size=2, pos_att_type=["p2c", "c2p"], relative_attention=True, pooler_hidden_size=16),
    "distilbert": dict(vocab_size=40, dim=16, hidden_dim=24, n_layers=1, n_heads=2, max_position_embeddings=64),
    "electra": dict(ENCODER, embedding_size=8),
    "ernie": ENCODER,
    "esm": dict(SIZES, pad_token_id=1, mask_token_id=7, position_embedding_type="rotary"),
    "eurobert": dict(DECODER, classifier_pooling="mean"),
    "eurobert-first": dict(DECODER, classifier_pooling="bos"),
    "gemma": dict(DECODER, head_dim=8),
    "gemma2": dict(DECODER, head_dim=8, sliding_window=16),
    "gemma3_text": dict(DECODER, head_dim=8, sliding_window=16),
    "gpt2": GPT,
    "gpt_neo": dict(vocab_size=40, hidden_size=16, num_layers=1, num_heads=2, attention_types=[[["global"], 1]], max_position_embeddings=64,
                    pad_token_id=3),
    "gpt_neox": dict(SIZES, rotary_pct=0.5, pad_token_id=3),
    "gptj": dict(GPT, rotary_dim=4),
    "granite": DECODER,
    "llama": DECODER,
    "longformer": dict(SHIFTED, attention_window=16),
    "megatron-bert": ENCODER,
    "mistral": DECODER,
    "mobilebert": dict(ENCODER, embedding_size=16, true_hidden_size=8, intra_bottleneck_size=8, num_feedforward_networks=1),
    "modernbert": dict(SIZES, pad_token_id=3, local_attention=16, classifier_pooling="mean"),
    "mpnet": SHIFTED,
    "mt5": T5,
    "nomic_bert": ENCODER,
    "olmo": DECODER,
    "olmo2": DECODER,
    "olmo3": DECODER,
    "opt": dict(vocab_size=40, hidden_size=16, ffn_dim=24, num_hidden_layers=1, num_attention_heads=2, max_position_embeddings=64,
                word_embed_proj_dim=8),
    "phi": DECODER,
    "phi3": DECODER,
    "qwen2": DECODER,
    "qwen3": dict(DECODER, head_dim=8),
    "rembert": dict(ENCODER, input_embedding_size=8, output_embedding_size=8),
    "roberta": SHIFTED,
    "roberta-prelayernorm": SHIFTED,
    "roformer": dict(ENCODER, embedding_size=16, hidden_act="relu"),
    "smollm3": DECODER,
    "squeezebert": dict(ENCODER, embedding_size=16, q_groups=2, k_groups=2, v_groups=2, post_attention_groups=1, intermediate_groups=2,
                        output_groups=2),
    "stablelm": dict(DECODER, partial_rotary_factor=0.5),
    "starcoder2": DECODER,
    "t5": T5,
    "umt5": T5,
    "xlm-roberta": SHIFTED,
    "xlm-roberta-xl": SHIFTED,
}


# These are refused.
REFUSED = {("eurobert-first", "token"), ("longformer", "text"), ("mt5", "text"), ("t5", "text"), ("umt5", "text")}


def texts(config, kind):
    """Lengths, and a text of tokens that a classifier of decoders may take for padding."""
    rows = [[4 + (i * i * 7 + i * 3 + tokens) % 36 for i in range(tokens)] for tokens in (1, 6, 11)]
    pad = config.pad_token_id if config.pad_token_id is not None else 3
    if kind == "text":
        rows.append([8, 15, pad, 9, pad, pad])
    if config.model_type == "bart":
        return [row + [config.eos_token_id] for row in rows]
    return rows


# Whose tokenisers' classes tell the two texts of a pair apart.
TOLD = {"albert", "bert", "convbert", "deberta", "deberta-v2", "electra", "ernie", "megatron-bert", "mobilebert", "nomic_bert", "rembert",
        "roformer", "squeezebert"}
SECOND = 4


def head(name, kind):
    kind_of = name.removesuffix("-first")
    config = AutoConfig.for_model(kind_of, **dict(FAMILIES[name], id2label={0: "a", 1: "b", 2: "c"}))
    with tempfile.TemporaryDirectory() as folder:
        fresh = KINDS[kind].from_config(config)
        fresh.save_pretrained(folder)
        file = pathlib.Path(folder) / "model.safetensors"
        made = {name for name, _ in fresh.named_buffers()}
        state = load_file(file)
        written = {key: values(key, list(tensor.shape)).float() for key, tensor in state.items()
                   if key not in made and not key.endswith("inv_freq")}
        save_file(state | written, file, {"format": "pt"})
        said = json.loads((pathlib.Path(folder) / "config.json").read_text())
        model = KINDS[kind].from_pretrained(folder, attn_implementation="eager").double().eval()
    cases = []
    for row in texts(config, kind):
        ids = torch.tensor([row])
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        for second in sorted({0, SECOND if kind == "text" and name in TOLD and len(row) == 11 else 0}):
            if second:
                inputs["token_type_ids"] = torch.tensor([[int(i >= second) for i in range(len(row))]])
            with torch.no_grad():
                logits = model(**inputs).logits[0]
            cases.append({"ids": row, "second": second, "logits": rounded(logits.flatten())})
    return {"config": said, "tensors": {key: list(tensor.shape) for key, tensor in written.items()}, "cases": cases}


if __name__ == "__main__":
    for each in sys.argv[1:] or FAMILIES:
        for kind in KINDS:
            if (each, kind) in REFUSED:
                continue
            try:
                line = head(each, kind)
            except (KeyError, ValueError, AttributeError) as absent:
                print(each, kind, "is not there:", str(absent)[:120], file=sys.stderr)
                continue
            print(json.dumps(f"{each} {kind}") + ": " + json.dumps(line, separators=(",", ":")))
