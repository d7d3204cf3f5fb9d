// Numbers and times as people read them.

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB"];
const rounded = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));

export const ABSENT = "–";

/** At most so many digits behind the point, thousands parted. */
export const number = (value, digits = 0) =>
  typeof value === "number" && Number.isFinite(value) ? rounded[digits].format(value) : ABSENT;

/** So many digits at most that say something, of numbers of any size. */
export function significant(value, digits = 4) {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return ABSENT;
  }
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e6 || size < 1e-4)
    ? value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e")
    : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** Short for large numbers: 12.3k, 4.1M. */
export const count = (value) =>
  value >= 1e6 ? `${number(value / 1e6, 1)}M` : value >= 1e4 ? `${number(value / 1e3, 1)}k` : number(value);

export const millis = (value) =>
  typeof value !== "number" ? ABSENT : value >= 10_000 ? `${number(value / 1000, 1)} s` : `${number(value, value < 10 ? 1 : 0)} ms`;

export function bytes(value) {
  if (typeof value !== "number") {
    return ABSENT;
  }
  let unit = 0;
  let rest = value;
  while (rest >= 1024 && unit < BYTES.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${number(rest, rest < 10 && unit > 0 ? 1 : 0)} ${BYTES[unit]}`;
}

/** A time span in its largest unit, or its two largest. */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min`;
  }
  if (whole < 86_400) {
    return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  }
  return `${Math.floor(whole / 86_400)} d`;
}

export const clock = (date) => date.toLocaleTimeString("en-GB");

export const percent = (share, digits = 0) => `${number(share * 100, digits)} %`;
