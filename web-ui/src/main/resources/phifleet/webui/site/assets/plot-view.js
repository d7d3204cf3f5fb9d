// Of a curve's numbers what a picture of it needs: its heights, round marks, and where the sides meet.

/** The part of the values that is left out at each end where a few lie far beyond the others, as at a pole. */
const TAIL = 0.03;

/** So many times the height of all but the tails is drawn whole. */
const FAR = 4;
const MARGIN = 0.08;

/** The heights shown: `place` gives where a value is between them, from 0 to 1, and `isCut` is whether some are not shown. */
export function view({ left, right }) {
  const values = [...left, ...right].filter((value) => value !== null).sort((a, b) => a - b);
  const least = values[0] ?? 0;
  const most = values.at(-1) ?? 0;
  const tail = Math.floor(values.length * TAIL);
  const usual = [values[tail] ?? 0, values[values.length - 1 - tail] ?? 0];
  const isCut = half(least, most) > FAR * half(...usual);
  // What hardly differs at all is drawn as level, not as the noise of its last digits.
  const [bottom, top] = widened(isCut ? usual : [least, most]);
  const margin = half(bottom, top) * 2 * MARGIN;
  const low = bottom - margin;
  const high = top + margin;
  return { low, high, isCut, place: (value) => half(low, value) / half(low, high) };
}

/** Half of what lies between two, since the whole may be beyond all numbers. */
const half = (low, high) => high / 2 - low / 2;

function widened([low, high]) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return half(low, high) > size * 1e-9 ? [low, high] : size === 0 ? [-1, 1] : [low - size / 2, high + size / 2];
}

/** Round numbers between two ends, about so many. */
export function ticks(low, high, count) {
  const rough = half(low, high) * (2 / count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const found = Array.from({ length: count + 2 }, (_, i) => (first + i) * step).filter((value) => value <= high);
  return found.length > 1 && found.every(Number.isFinite) ? found : [low, high];
}

/** Where the sides meet: everywhere, or near these places, told no finer than the samples lie. */
export function meeting({ x, left, right }) {
  const known = x.map((_, i) => i).filter((i) => left[i] !== null && right[i] !== null);
  const apart = (i) => left[i] / 2 - right[i] / 2;
  const isSame = (i) => Math.abs(apart(i)) <= 1e-9 * Math.max(Math.abs(left[i]), Math.abs(right[i]));
  if (known.length > 0 && known.every(isSame)) {
    return { everywhere: true, places: [] };
  }
  const grain = 10 ** Math.floor(Math.log10((x.at(-1) / 2 - x[0] / 2) * (2 / x.length)));
  const near = (place) => Math.round(place / grain) * grain;
  const places = [];
  known.forEach((i, n) => {
    const next = known[n + 1];
    if (isSame(i)) {
      // Of a stretch on which they are one, where it begins.
      if (n === 0 || !isSame(known[n - 1])) {
        places.push(near(x[i]));
      }
    } else if (next === i + 1 && !isSame(next) && Math.sign(apart(i)) !== Math.sign(apart(next))) {
      const part = apart(i) / (apart(i) - apart(next));
      places.push(near(x[i] + (x[next] - x[i]) * part));
    }
  });
  return { everywhere: false, places };
}
