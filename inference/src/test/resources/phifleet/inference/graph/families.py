"""Lines of families.json, for FamilyGoldenTest: tiny models of transformers and what they give, in 64-bit floats.

    python families.py [NAME...]     needs transformers and torch; 4.57.6 made these lines, 5.24.0 those of both ways and esm-base, other programs the older ones

A weight is no file: a tensor is a row of a linear congruential generator's numbers that begins with its name's CRC-32, as FamilyGolden has them.
"""

import json
import sys
import zlib

import numpy as np
import torch
from transformers import AutoConfig, AutoModel

SIZES = dict(vocab_size=40, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=320)
SHARED = dict(SIZES, num_key_value_heads=2, pad_token_id=0, bos_token_id=1, eos_token_id=2)
ESM = dict(SIZES, mask_token_id=7, token_dropout=True)

FAMILIES = {
    "stablelm": ("stablelm", dict(SHARED, use_qkv_bias=True, partial_rotary_factor=0.5, rope_theta=500.0)),
    "stablelm-large": ("stablelm", dict(SHARED, qk_layernorm=True, use_parallel_residual=True)),
    "starcoder2": ("starcoder2", dict(SHARED, sliding_window=20, rope_theta=500.0)),
    "starcoder2-bare": ("starcoder2", dict(SHARED, use_bias=False, hidden_act="relu", norm_epsilon=0.01)),
    "phi": ("phi", dict(SHARED, rope_theta=500.0)),
    "phi-norms": ("phi", dict(SHARED, qk_layernorm=True, partial_rotary_factor=0.25)),
    "cohere": ("cohere", dict(SHARED, rope_theta=500.0)),
    "cohere-norms": ("cohere", dict(SHARED, use_qk_norm=True, attention_bias=True)),
    "cohere2": ("cohere2", dict(SHARED, head_dim=8, num_hidden_layers=3, sliding_window=10, layer_types=[
        "sliding_attention", "full_attention", "sliding_attention"])),
    "olmo": ("olmo", dict(SHARED, rope_theta=500.0)),
    "olmo-bounded": ("olmo", dict(SHARED, clip_qkv=0.6, attention_bias=True)),
    "llama-nemotron": ("llama", dict(SHARED, rope_theta=500.0)),
    "gte-qwen2": ("qwen2", dict(SHARED, rope_theta=500.0, is_causal=False, auto_map={"AutoModel": "modeling_qwen.Qwen2Model"})),
    "qwen2-both-ways": ("qwen2", dict(SHARED, is_causal=False, use_sliding_window=True, sliding_window=10, layer_types=[
        "sliding_attention", "full_attention"])),
    "qwen3-both-ways": ("qwen3", dict(SHARED, is_causal=False, head_dim=8)),
    "llama-both-ways": ("llama", dict(SHARED, is_causal=False)),
    "mistral-both-ways": ("mistral", dict(SHARED, is_causal=False, sliding_window=10)),
    "esm": ("esm", dict(ESM, pad_token_id=1, position_embedding_type="rotary", layer_norm_eps=1e-5)),
    "esm-base": ("esm", dict(ESM, pad_token_id=1, position_embedding_type="rotary", rope_theta=500.0)),
    "esm-places": ("esm", dict(ESM, pad_token_id=5, position_embedding_type="absolute", emb_layer_norm_before=True,
                               max_position_embeddings=330)),
    "esm-whole-words": ("esm", dict(ESM, pad_token_id=1, position_embedding_type="rotary", token_dropout=False)),
}

TYPES = {"llama-nemotron": "llama_bidirec"}

# Of which transformers has the layers and not the sight: these tokens see all others.
BOTH_WAYS = {"llama-nemotron", "gte-qwen2"}


def values(name, shape):
    state = zlib.crc32(name.encode())
    numbers = np.empty(int(np.prod(shape)))
    for i in range(len(numbers)):
        state = (state * 1664525 + 1013904223) % 2**32
        numbers[i] = (state >> 8) / 2**24 - 0.5
    if len(shape) == 1:
        numbers = 0.4 * numbers if name.endswith("bias") else 1 + 0.4 * numbers
    else:
        table = name == "shared.weight" or ("embed" in name and "mapping" not in name and "proj" not in name)
        numbers = (2 if table else 0.5) * numbers
    return torch.tensor(numbers.astype(np.float32), dtype=torch.float64).reshape(shape)


def ids(tokens, vocabulary):
    return [1 + (i * i * 7 + i * 3 + tokens) % (vocabulary - 1) for i in range(tokens)]


def rounded(vector):
    return [float(f"{number:.6g}") for number in vector.tolist()]


def family(name):
    kind, settings = FAMILIES[name]
    config = AutoConfig.for_model(kind, **settings)
    config._attn_implementation = "eager"
    model = AutoModel.from_config(config).double().eval()
    used = {key for key, _ in model.named_parameters() if "contact_head" not in key and "pooler" not in key}
    state = {key: values(key, list(tensor.shape)) for key, tensor in model.state_dict().items() if key in used}
    model.load_state_dict(state, strict=False)
    cases = []
    for tokens in (1, 6, 41, 90 if "esm" not in name else 300):
        row = torch.tensor([ids(tokens, config.vocab_size)])
        mask = torch.ones_like(row)
        if name in BOTH_WAYS:
            mask = torch.zeros(1, 1, tokens, tokens, dtype=torch.float64)
        with torch.no_grad():
            hidden = model(input_ids=row, attention_mask=mask).last_hidden_state[0]
        cases.append({"tokens": tokens, "first": rounded(hidden[0]), "mean": rounded(hidden.mean(0))})
    said = {key: value for key, value in config.to_diff_dict().items() if key != "_attn_implementation"}
    said.update(settings, model_type=TYPES.get(name, kind))
    return {"config": said, "tensors": {key: list(tensor.shape) for key, tensor in state.items()}, "cases": cases}


if __name__ == "__main__":
    for each in sys.argv[1:] or FAMILIES:
        print(json.dumps(each) + ": " + json.dumps(family(each), separators=(",", ":")))
