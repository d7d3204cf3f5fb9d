// What each verdict is called, and how it looks: a title in plain words, and a tone that colour and sign say together.

const VERDICTS = {
  identity_proved: { title: "Proved", tone: "good" },
  identity_numeric: { title: "Holds at every point tried", tone: "good" },
  known_law: { title: "A known law", tone: "good" },
  dimensionally_consistent: { title: "Dimensions agree", tone: "fair" },
  conditional: { title: "True for some values", tone: "fair" },
  well_formed: { title: "Well formed", tone: "fair" },
  differs_from_known_law: { title: "Close to a law, but not it", tone: "bad" },
  dimension_mismatch: { title: "Dimensions do not match", tone: "bad" },
  not_identity: { title: "Not an identity", tone: "bad" },
  undetermined: { title: "Undetermined", tone: "open" },
};

const SIGNS = { good: "check", fair: "check", bad: "cross", open: "question" };

const BASES = { convention: "units by convention", units: "units given", none: "no units asked for" };

/** What a confidence was measured over, such as `known_law/convention`, in words. */
export function kindOfJudgement(detail) {
  const [name, basis] = detail.split("/");
  return [verdict(name).title.toLowerCase(), basis && (BASES[basis] ?? basis.replaceAll("_", " "))].filter(Boolean).join(", ");
}

export const verdict = (name) => VERDICTS[name] ?? { title: name.replaceAll("_", " "), tone: "open" };

export const sign = (tone) => SIGNS[tone];
