"use strict";
// The signature pad, and sending it. The same signature sent again after a lost answer goes under the same key.
const byId = (id) => document.getElementById(id);
const form = byId("sign"), pad = byId("pad"), pen = pad.getContext("2d");
let strokes = 0, last = null, key = null;

const told = (slug) => {
  const words = byId("words").content;
  byId("told").replaceChildren((words.querySelector(`[data-for="${slug}"]`) || words.querySelector('[data-for="any"]')).cloneNode(true));
  byId("told").hidden = false;
  byId("told").scrollIntoView({ block: "center" });
};

const empty = () => {
  const scale = Math.min(window.devicePixelRatio || 1, 1000 / pad.clientWidth);
  pad.width = Math.round(pad.clientWidth * scale);
  pad.height = Math.round(pad.clientHeight * scale);
  pen.scale(scale, scale);
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#1B1A18";
  strokes = 0;
};
empty();
let width = pad.clientWidth;
window.addEventListener("resize", () => { if (pad.clientWidth !== width) { width = pad.clientWidth; empty(); key = null; } });
byId("clear").addEventListener("click", () => { empty(); key = null; });

pad.addEventListener("pointerdown", (e) => { pad.setPointerCapture(e.pointerId); last = [e.offsetX, e.offsetY]; key = null; e.preventDefault(); });
pad.addEventListener("pointermove", (e) => {
  if (!last) return;
  pen.beginPath();
  pen.moveTo(...last);
  last = [e.offsetX, e.offsetY];
  pen.lineTo(...last);
  pen.stroke();
  strokes += 1;
});
for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { last = null; });

const newKey = () => {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

let body = "";
form.addEventListener("input", () => { key = null; byId("told").hidden = true; });
form.addEventListener("submit", async (e) => {
  e.preventDefault();
  const name = byId("name").value.trim(), number = byId("number").value.trim().toUpperCase();
  if (!name || !/^[0-9A-Z]{8,20}$/.test(number)) return told("who");
  if (!byId("agree").checked) return told("consent-required");
  if (strokes < 8) return told("pad");
  if (!key) {
    key = newKey();
    body = JSON.stringify({
      person: { name, cert_type: byId("kind").value, cert_no: number },
      consent: { agreed: true, at: new Date().toISOString(), text_version: Number(form.dataset.textVersion) },
      signature_png: pad.toDataURL("image/png").split(",")[1],
    });
  }
  byId("send").disabled = true;
  try {
    const answer = await fetch("/v1/signing/" + location.pathname.split("/").pop(), {
      method: "POST", body, headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    });
    if (!answer.headers.get("Kiosk-Contract")) throw new Error("somebody else answered");
    if (answer.ok) {
      for (const part of document.querySelectorAll("main > *")) part.hidden = part.id !== "done";
      window.scrollTo(0, 0);
    } else {
      key = null;
      told((await answer.json()).code);
    }
  } catch {
    told("any");
  }
  byId("send").disabled = false;
});
