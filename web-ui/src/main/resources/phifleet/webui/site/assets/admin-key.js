// The admin key: asked for when an operator's route needs it, kept for this tab alone, sent to those routes and no others.

import { keyDialog } from "./key-dialog.js";

const PLACE = "phi-fleet.admin-key";
let asking = null;

export const adminKey = () => sessionStorage.getItem(PLACE);

/** The server did not take it, or a person wants it forgotten. */
export function dropAdminKey() {
  sessionStorage.removeItem(PLACE);
}

/** Resolves once the dialog is closed, with whether there is a key. */
export function askForAdminKey() {
  asking ??= keyDialog({
    place: PLACE,
    id: "admin-key",
    title: "For operators",
    help: "The value of PHI_ADMIN_KEY. It stays in this tab and goes to this server only.",
    label: "Admin key",
  }).finally(() => (asking = null));
  return asking;
}
