// Vectors compared and laid out in the plane.

/** Cosines of all pairs. */
export function cosines(vectors) {
  const lengths = vectors.map((v) => Math.hypot(...v) || 1);
  return vectors.map((a, i) => vectors.map((b, j) => dot(a, b) / (lengths[i] * lengths[j])));
}

/**
 * Places in the plane whose distances are as near to the vectors' as two dimensions allow: classical scaling, which is PCA
 * of the normalised vectors, from their cosines alone. `kept` is the share of the variance that the plane shows.
 */
export function map(similarities) {
  const n = similarities.length;
  const means = similarities.map((row) => row.reduce((a, b) => a + b, 0) / n);
  const whole = means.reduce((a, b) => a + b, 0) / n;
  const centred = similarities.map((row, i) => row.map((value, j) => value - means[i] - means[j] + whole));
  const trace = centred.reduce((sum, row, i) => sum + row[i], 0);
  const axes = [];
  const values = [];
  for (let axis = 0; axis < Math.min(2, n); axis++) {
    const { vector, value } = leading(centred, axes);
    axes.push(vector);
    values.push(Math.max(0, value));
  }
  const along = (axis, i) => (axes[axis] ? axes[axis][i] * Math.sqrt(values[axis]) : 0);
  return {
    points: similarities.map((_, i) => ({ x: along(0, i), y: along(1, i) })),
    kept: trace > 1e-9 ? Math.min(1, values.reduce((a, b) => a + b, 0) / trace) : 0,
  };
}

/** The leading eigenvector that is orthogonal to those found, by power iteration from a fixed start. */
function leading(matrix, found) {
  const n = matrix.length;
  let vector = unit(orthogonal(Array.from({ length: n }, (_, i) => Math.cos(1 + 2.7 * i)), found));
  let value = 0;
  for (let step = 0; step < 300; step++) {
    const next = orthogonal(matrix.map((row) => dot(row, vector)), found);
    const before = value;
    value = Math.hypot(...next);
    if (value < 1e-12) {
      return { vector: new Array(n).fill(0), value: 0 };
    }
    vector = unit(next);
    if (Math.abs(value - before) < 1e-12 * value) {
      break;
    }
  }
  return { vector, value };
}

const orthogonal = (vector, others) => others.reduce((rest, other) => {
  const share = dot(rest, other);
  return rest.map((value, i) => value - share * other[i]);
}, vector);

const unit = (vector) => {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
};

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
