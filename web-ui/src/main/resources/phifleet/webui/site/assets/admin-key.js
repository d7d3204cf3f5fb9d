// The admin key: asked for when an operator's route needs it, kept for this tab alone, sent to those routes and no others.

import { Refusal, call } from "./api.js";
import { keyDialog } from "./key-dialog.js";
import { inTab } from "./storage.js";

const PLACE = "phi-fleet.admin-key";
let asking = null;

export const adminKey = () => inTab.get(PLACE);

/** A person wants it forgotten. */
export function dropAdminKey() {
  inTab.remove(PLACE);
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

/** Sends a request as an operator, as `call` of the API does. A key that is not taken, or no more, is forgotten. */
export async function asOperator(path, options = {}) {
  const sent = adminKey();
  try {
    return await call(path, { ...options, as: sent });
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    if (adminKey() === sent) {
      dropAdminKey();
    }
    throw new Refusal(401, "That admin key was not accepted.");
  }
}
