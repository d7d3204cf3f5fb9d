// Files that a person dropped or chose, whole folders among them.

import { byName } from "./names.js";
import { TYPES_BY_ENDING } from "./picture-types.js";

export const ACCEPTED = Object.keys(TYPES_BY_ENDING).map((ending) => `.${ending}`).join();

/** More than these are a matter for scripts/ingest. */
export const MOST_FILES = 20_000;

/** `images` as { file, name, type }, the name with its folders; `others` is how many files are no images, `tooMany` whether some were left. */
export async function dropped(transfer) {
  // All entries are asked for at once: the list is empty when the event is over.
  const roots = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return sorted(roots);
}

export const chosen = (input) => sorted([...input.files]);

async function sorted(roots) {
  const found = { images: [], others: 0, tooMany: false };
  for (const root of roots.filter(Boolean)) {
    if (root instanceof File) {
      take(found, root, root.webkitRelativePath || root.name);
    } else {
      await walk(found, root);
    }
  }
  found.images.sort((a, b) => byName(a.name, b.name));
  return found;
}

async function walk(found, root) {
  // A list instead of recursion: nobody knows how deep a folder is.
  const open = [root];
  while (open.length > 0 && !found.tooMany) {
    const entry = open.pop();
    if (entry.isDirectory) {
      open.push(...(await entriesOf(entry)));
    } else {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) {
        take(found, file, entry.fullPath.replace(/^\//, ""));
      } else {
        found.others++;
      }
    }
  }
}

/** A reader gives some at a time, and none at the end. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const entries = [];
  while (entries.length < MOST_FILES) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) {
      break;
    }
    entries.push(...some);
  }
  return entries;
}

function take(found, file, name) {
  const type = TYPES_BY_ENDING[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
  if (!type) {
    found.others++;
  } else if (found.images.length < MOST_FILES) {
    found.images.push({ file, name, type });
  } else {
    found.tooMany = true;
  }
}
