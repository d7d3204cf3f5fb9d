// A picture of another host, by the address that a person typed. This page may speak to its own server alone, so that a document
// without an origin, in a frame that is there no longer than this takes, fetches it and hands over the bytes.

import { typeOfBytes } from "./picture-types.js";

const PATIENCE_MS = 15_000;

const SAVE_IT = "Save the picture and drop it here instead.";

/** What is wrong with what was typed, and what to do; empty where it can be fetched. */
export function wrongAddress(typed) {
  const url = URL.parse(typed.trim());
  if (!url || !/^https?:$/.test(url.protocol)) {
    return "That is no address of a picture: one begins with http: or https: and names its host.";
  }
  return url.username || url.password ? `A name or password in an address is not sent on. Take it out; where the host wants one: ${SAVE_IT}` : "";
}

/**
 * The picture as a file, of the type that its first bytes tell, whatever its host says; throws an Error that says what to do.
 *
 * @param most how many bytes it may have
 * @param signal ends it, with an AbortError
 */
export async function pictureElsewhere(typed, { most, signal }) {
  const url = new URL(typed.trim());
  const answer = await answered({ address: url.href, most }, signal);
  if (!answer.bytes) {
    throw new Error(words(answer, url, most));
  }
  return new File([answer.bytes], url.pathname.split("/").at(-1) || url.host, { type: typeOfBytes(answer.bytes) });
}

/** What the frame's document answers; that it was too slow, where it does not. */
function answered(question, signal) {
  return new Promise((resolve, reject) => {
    const { port1: here, port2: there } = new MessageChannel();
    const frame = document.createElement("iframe");
    let heard = false;
    const end = (settle, value) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      here.close();
      frame.remove();
      settle(value);
    };
    const abort = () => end(reject, new DOMException("A person wants it no more", "AbortError"));
    const timer = setTimeout(() => end(resolve, { failed: heard ? "slow" : "lost" }), PATIENCE_MS);
    signal.addEventListener("abort", abort);
    here.onmessage = ({ data }) => {
      heard = true;
      if (!data.heard) {
        end(resolve, data);
      }
    };
    frame.hidden = true;
    frame.title = "Fetches a picture";
    frame.sandbox = "allow-scripts";
    frame.src = new URL("picture-fetch.html", import.meta.url).href;
    frame.addEventListener("load", () => frame.contentWindow.postMessage(question, "*", [there]), { once: true });
    document.body.append(frame);
  });
}

function words({ failed, status, type }, { host, protocol }, most) {
  switch (failed) {
    case "unreadable": return `${host} answers, but does not let other pages read its pictures (CORS). ${SAVE_IT}`;
    case "unreachable": return protocol === "http:" && location.protocol === "https:"
      ? `This page came by https, and a browser then fetches nothing by http. Try the address with https. ${SAVE_IT}`
      : `${host} does not answer. See whether the address is right.`;
    case "status": return `${host} answers ${status}. Open the address in a tab of its own to see why.`;
    case "type": return `That is no picture but ${type.split(";", 1)[0].slice(0, 60)}. The address of the picture itself is wanted, as a browser's “Copy image address” gives it.`;
    case "large": return `That is larger than ${Math.floor(most / 1024 / 1024)} MB.`;
    case "slow": return `${host} has not sent it within ${PATIENCE_MS / 1000} s. Try again, or: ${SAVE_IT}`;
    case "broken": return `${host} broke off before all of it was there. Try again.`;
    default: return "The fleet does not answer, and what fetches a picture comes from there. Try again.";
  }
}
