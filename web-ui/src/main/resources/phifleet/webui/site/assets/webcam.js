// A photo by a camera of this machine, for where no finger opens the camera's own program. The browser asks the person before it shows anything.

import { announce, h } from "./dom.js";

const NAME = "photo.jpg";
const TYPE = "image/jpeg";
const QUALITY = 0.92;

/** Whether there is a camera that a page may ask for, which only one of this machine's or by TLS may. */
export async function hasWebcam() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some(({ kind }) => kind === "videoinput");
  } catch {
    return false;
  }
}

/** `taken(file)` has the photo, `refused(text)` why there is none. The camera is off once one was taken, and wherever the page is left. */
export function webcam({ taken, refused }) {
  const video = h("video", { muted: true, autoplay: true, playsInline: true, aria: { label: "What the camera sees" } });
  const shot = h("button", { type: "button", class: "primary", onclick: take }, "Take it");
  const element = h("div", { class: "webcam", hidden: true }, video,
    h("div", { class: "row" }, shot, h("button", { type: "button", onclick: stop }, "Cancel")));
  let stream = null;
  let asked = 0;
  window.addEventListener("hashchange", stop);

  async function start() {
    stop();
    const mine = asked;
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (mine !== asked) {
        end(opened);
        return;
      }
      stream = opened;
      video.srcObject = opened;
      element.hidden = false;
      shot.focus();
      announce("The camera is on");
    } catch (failure) {
      if (mine === asked) {
        refused(failure.name === "NotAllowedError" ? "This page may not use the camera: the browser was told so." : `The camera cannot be used: ${failure.message}`);
      }
    }
  }

  function take() {
    if (video.videoWidth === 0) {
      return;
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    stop();
    canvas.toBlob((blob) => taken(new File([blob], NAME, { type: TYPE })), TYPE, QUALITY);
  }

  function stop() {
    asked++;
    end(stream);
    stream = null;
    video.srcObject = null;
    element.hidden = true;
  }

  return { element, start, stop };
}

const end = (stream) => stream?.getTracks().forEach((track) => track.stop());
