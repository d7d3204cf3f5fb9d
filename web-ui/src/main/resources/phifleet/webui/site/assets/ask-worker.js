// What one worker answers. A gateway has a path for each; where none is, whoever answers may be another worker than the one that is meant.

import { call } from "./api.js";
import { fleet } from "./live.js";

/** So many answers a worker are heard before one counts as not to be had: whoever deals requests out does so in turns, or nearly. */
const TURNS = 4;
const MOST_TRIES = 60;

/**
 * The response of a worker to a path of its own.
 *
 * @param send does what `call` of the API does
 */
export async function askWorker(id, path, options = {}, send = call) {
  if (fleet.mode !== "alone") {
    return send(`workers/${encodeURIComponent(id)}/${path}`, options);
  }
  for (let left = Math.min(MOST_TRIES, TURNS * Math.max(1, fleet.workers.size)); left > 0; left--) {
    const response = await send(path, options);
    if (response.headers.get("X-Worker-Id") === id) {
      return response;
    }
    response.body?.cancel();
  }
  throw new Error(`Without a gateway ${id} cannot be asked: other workers answer.`);
}
