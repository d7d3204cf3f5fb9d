// A picture from a person: dropped, pasted, chosen as a file, named by its address, or taken where there is a camera.

import { h } from "./dom.js";
import { pictureAddress } from "./picture-address.js";
import { PICTURE_NAMES, PICTURE_TYPES } from "./picture-types.js";
import { hasWebcam, webcam } from "./webcam.js";

const MOST_BYTES = 12 * 1024 * 1024;

/** `file()` is the picture, or null; `image` shows it, within `frame`; `changed(listener)` hears of each new one. */
export function pictureField(id) {
  let picture = null;
  let listener = () => {};
  const image = h("img", { class: "picture", alt: "The chosen image", hidden: true, onerror: unseen });
  const frame = h("div", { class: "picture-frame" }, image);
  const input = h("input", { type: "file", id, accept: PICTURE_TYPES.join(), onchange: () => take(input.files[0] ?? null) });
  const camera = h("input", { type: "file", accept: "image/*", capture: "environment", hidden: true, tabIndex: -1, onchange: () => take(camera.files[0] ?? null) });
  const live = webcam({ taken: take, refused: refuse });
  const shoot = h("button", { type: "button", class: "quiet shoot", onclick: () => (matchMedia("(pointer: coarse)").matches ? camera.click() : live.start()) }, "Take a photo");
  const address = pictureAddress({ id: `${id}-address`, most: MOST_BYTES, taken: take, refused: refuse });
  const message = h("p", { class: "error-text", role: "alert", hidden: true });
  const zone = h("div", {
    class: "drop",
    ondragover: (event) => { event.preventDefault(); zone.dataset.over = "true"; },
    ondragleave: () => delete zone.dataset.over,
    ondrop: (event) => { event.preventDefault(); delete zone.dataset.over; take(first(event.dataTransfer)); },
  }, input, shoot, camera, h("p", { class: "small" }, "Or drop one here, or paste one anywhere on this page."), address.element, live.element, message, frame);
  hasWebcam().then((there) => (shoot.dataset.webcam = String(there)));

  document.addEventListener("paste", (event) => {
    const pasted = zone.isConnected ? first(event.clipboardData) : null;
    if (pasted) {
      event.preventDefault();
      take(pasted);
    }
  });

  const first = (transfer) => [...(transfer?.files ?? [])][0] ?? null;

  function take(file) {
    address.cancel();
    live.stop();
    if (!file) {
      put(null, "");
    } else if (!PICTURE_TYPES.includes(file.type)) {
      refuse(`That is no picture of a known kind: ${PICTURE_NAMES}.`);
    } else if (file.size > MOST_BYTES) {
      refuse(`That is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
    } else {
      put(file, "");
    }
  }

  function refuse(why) {
    put(null, why);
  }

  function put(file, wrong) {
    picture = file;
    message.textContent = wrong;
    message.hidden = wrong === "";
    URL.revokeObjectURL(image.src);
    image.hidden = picture === null;
    if (picture) {
      image.src = URL.createObjectURL(picture);
    }
    listener();
  }

  /** It may be whole all the same: what decodes it here is not what does so in the fleet. */
  function unseen() {
    if (picture) {
      image.hidden = true;
      message.textContent = "This browser cannot show it: it is broken, or no picture, whatever it is called.";
      message.hidden = false;
    }
  }

  return {
    element: h("div", { class: "head-field" }, h("label", { htmlFor: id, class: "field-label" }, `Image: ${PICTURE_NAMES}`), zone),
    image,
    frame,
    file: () => picture,
    changed: (heard) => (listener = heard),
  };
}

/** Its bytes in base64, as JSON takes them. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Error("The image cannot be read."));
    reader.readAsDataURL(file);
  });
}
