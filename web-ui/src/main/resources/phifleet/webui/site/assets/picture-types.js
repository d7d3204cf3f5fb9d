// The kinds of picture that the fleet decodes.

/** By the ending of a file's name, since a browser does not know all of them by it. */
export const TYPES_BY_ENDING = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", gif: "image/gif", webp: "image/webp", bmp: "image/bmp" };

export const PICTURE_TYPES = [...new Set(Object.values(TYPES_BY_ENDING))];

/** As a person reads them. */
export const PICTURE_NAMES = "JPEG, PNG, GIF, WebP or BMP";

const SIGNS = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG\r\n\x1a\n/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/bmp", /^BM/],
];

/** What a file is by its first bytes, whatever anybody calls it; empty where it is none of these. */
export function typeOfBytes(bytes) {
  const head = String.fromCharCode(...new Uint8Array(bytes, 0, Math.min(12, bytes.byteLength)));
  return SIGNS.find(([, sign]) => sign.test(head))?.[0] ?? "";
}
