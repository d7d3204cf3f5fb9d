// Fetches the one picture whose address a person typed, for the page that holds this document in a frame. The document has no
// origin, so that whatever comes has nothing of the page's within reach; it sends neither cookies nor where it was asked from.

"use strict";

const AS_NOBODY = { credentials: "omit", referrerPolicy: "no-referrer" };

/** What servers call files of which they know nothing. */
const ANY = /^(image\/|(application|binary)\/octet-stream\b)/i;

window.addEventListener("message", async ({ source, data, ports: [port] }) => {
  if (source !== window.parent || !port) {
    return;
  }
  port.postMessage({ heard: true });
  const answer = await read(data.address, data.most);
  port.postMessage(answer, answer.bytes ? [answer.bytes] : []);
});

async function read(address, most) {
  let response;
  try {
    response = await fetch(address, AS_NOBODY);
  } catch {
    return { failed: (await isThere(address)) ? "unreadable" : "unreachable" };
  }
  const type = response.headers.get("Content-Type") ?? "";
  const failed = !response.ok ? "status" : type !== "" && !ANY.test(type) ? "type" : Number(response.headers.get("Content-Length")) > most ? "large" : null;
  if (failed) {
    response.body?.cancel();
    return { failed, status: response.status, type };
  }
  try {
    return await whole(response, most);
  } catch {
    return { failed: "broken" };
  }
}

/** Whether something answers there, to whom it will not let us listen. */
async function isThere(address) {
  const end = new AbortController();
  try {
    await fetch(address, { ...AS_NOBODY, mode: "no-cors", signal: end.signal });
    end.abort();
    return true;
  } catch {
    return false;
  }
}

/** No more is held than is wanted, whatever was said of the length. */
async function whole(response, most) {
  const parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) {
      return { bytes: await new Blob(parts).arrayBuffer() };
    }
    parts.push(value);
    length += value.length;
    if (length > most) {
      reader.cancel();
      return { failed: "large" };
    }
  }
}
