"""PyTorch, by transformers' own BERT."""

from pathlib import Path

import numpy as np
import torch
from server import Encode, serve
from transformers import BertConfig, BertModel


def open_encoder(folder: Path, threads: int) -> Encode:
    torch.set_num_threads(threads)
    config = BertConfig.from_pretrained(folder / "pytorch")
    model = BertModel.from_pretrained(
        folder / "pytorch", config=config, add_pooling_layer=False, attn_implementation="sdpa", dtype=torch.float32
    ).eval()

    @torch.inference_mode()
    def encode(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        # What a thread uses is its own setting in OpenMP.
        torch.set_num_threads(threads)
        tokens, own = torch.from_numpy(ids), torch.from_numpy(mask)
        states = model(input_ids=tokens, attention_mask=own).last_hidden_state
        weights = own.unsqueeze(-1).to(states.dtype)
        means = (states * weights).sum(dim=1) / weights.sum(dim=1)
        return torch.nn.functional.normalize(means, dim=1).numpy()

    return encode


serve("pytorch", torch.__version__, open_encoder)
