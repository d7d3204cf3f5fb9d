// What this browser keeps for the page. Where it keeps nothing, as one that takes no cookies, the page itself does until it is left: naming
// the storage throws there.

function store(area) {
  const own = new Map();
  return {
    /** The text that was kept under a name, or null. */
    get(name) {
      try {
        return own.get(name) ?? area().getItem(name);
      } catch {
        return null;
      }
    },
    set(name, text) {
      try {
        area().setItem(name, text);
        own.delete(name);
      } catch {
        own.set(name, text);
      }
    },
    remove(name) {
      own.delete(name);
      try {
        area().removeItem(name);
      } catch {
        // There is nothing.
      }
    },
  };
}

/** For all visits. */
export const inBrowser = store(() => localStorage);

/** Until this tab is closed. */
export const inTab = store(() => sessionStorage);
