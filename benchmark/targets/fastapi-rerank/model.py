"""Writes a cross-encoder of MiniLM's shape with random weights: model.py FOLDER FOLDER-WITH-A-TOKENISER"""

import sys

import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

folder, like = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(like)
tokenizer.model_max_length = 512
torch.manual_seed(2026)
model = BertForSequenceClassification(BertConfig(
    vocab_size=len(tokenizer), hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
    max_position_embeddings=512, pad_token_id=tokenizer.pad_token_id, num_labels=1))
model.save_pretrained(folder)
tokenizer.save_pretrained(folder)
