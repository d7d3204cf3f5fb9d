// Names in the order in which people look for them.

/** 2 stands before 10. */
export const byName = (a, b) => a.localeCompare(b, "en", { numeric: true });

/** Each once, in that order, without what is none. */
export const distinct = (names) => [...new Set(names.filter(Boolean))].sort(byName);
