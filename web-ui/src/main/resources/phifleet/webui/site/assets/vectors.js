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

/** Moves points apart, no further than needed, until none is nearer than `least` to another; or nearly, where many crowd. */
export function apart(points, least) {
  const moved = points.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 200; round++) {
    let still = true;
    moved.forEach((a, i) => moved.slice(i + 1).forEach((b, j) => {
      const distance = Math.hypot(b.x - a.x, b.y - a.y);
      if (distance < least - 0.01) {
        still = false;
        // Two at the same place part in a direction of their own.
        const turn = distance > 1e-9 ? Math.atan2(b.y - a.y, b.x - a.x) : i + 2.4 * j;
        const push = (least - distance) / 2;
        a.x -= push * Math.cos(turn);
        a.y -= push * Math.sin(turn);
        b.x += push * Math.cos(turn);
        b.y += push * Math.sin(turn);
      }
    }));
    if (still) {
      break;
    }
  }
  return moved;
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
