// What can be tried with a model, by its kind and by what it gives besides.

import { classify } from "./classify.js";
import { embeddings } from "./embeddings.js";
import { entities } from "./entities.js";
import { matchPicture } from "./match-picture.js";
import { maxSim } from "./maxsim.js";
import { otherModel } from "./other-model.js";
import { rank } from "./rank.js";
import { sparse } from "./sparse.js";
import { tensors } from "./tensors.js";

const EMBED = { name: "Embed", panel: embeddings };
const RANK = { name: "Rank", panel: rank };
const SPARSE = { name: "Sparse terms", panel: sparse };
const TOKENS = { name: "Token by token", panel: maxSim };

const HEADS = {
  "sentence-encoder": [EMBED],
  "text-image-encoder": [EMBED, { name: "Picture and labels", panel: matchPicture }],
  "cross-encoder": [RANK],
  "multi-vector-encoder": [TOKENS, RANK],
  "sparse-encoder": [SPARSE],
  classifier: [{ name: "Classify", panel: classify }],
  "entity-extractor": [{ name: "Entities", panel: entities }],
  tensors: [{ name: "Tensors", panel: tensors }],
};

/** Beside its kind's. */
const GIVES = { sparse: [SPARSE], multi_vector: [TOKENS, RANK] };

/** In which kinds are offered. */
const ORDER = Object.keys(HEADS);

export const rankOf = (kind) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** The heads of a model, each with a name and what makes its panel; one at least. */
export function headsOf({ kind, gives }) {
  const own = HEADS[kind] ?? [{ name: `Predict (${kind})`, panel: () => otherModel(kind) }];
  return [...own, ...(gives ?? []).flatMap((output) => GIVES[output] ?? [])];
}
