// Equations to click, a few of each kind of verdict.

export const EXAMPLES = [
  { about: "A law of physics", equation: "E = mc²" },
  { about: "Not quite a law", equation: "K = m v^2" },
  { about: "An identity", equation: "sin²x + cos²x = 1" },
  { about: "Not an identity", equation: "(a + b)^2 = a^2 + b^2" },
  { about: "Maxwell", equation: "\\nabla \\times \\vec B = \\mu_0 \\vec J + \\mu_0 \\epsilon_0 \\frac{\\partial \\vec E}{\\partial t}" },
  { about: "The golden ratio", equation: "φ² = φ + 1" },
  { about: "One loop", equation: "u v = f v + f u" },
  { about: "A hollow shell", equation: "abc + abd + acd + bcd = 0" },
  { about: "To be solved", equation: "x^2 - 5x + 6 = 0" },
  { about: "A sum", equation: "\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}" },
  { about: "Chemistry", equation: "2 H2 + O2 -> 2 H2O" },
  { about: "A slip of the pen", equation: "F = m a)" },
];
