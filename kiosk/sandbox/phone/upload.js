"use strict";
// Sends the file as it is, with a bar that moves. Without this script the form does the same, without the bar.
const byId = (id) => document.getElementById(id);
const LARGEST = 10 * 1024 * 1024;

const told = (slug) => {
  const words = byId("words").content;
  byId("told").replaceChildren((words.querySelector(`[data-for="${slug}"]`) || words.querySelector('[data-for="any"]')).cloneNode(true));
  byId("told").hidden = false;
};

byId("upload").addEventListener("submit", (e) => {
  e.preventDefault();
  const file = byId("file").files[0], send = e.target.querySelector("button"), bar = byId("progress");
  if (!file) return byId("file").focus();
  if (file.size > LARGEST) return told("too-large");
  const request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.addEventListener("progress", (p) => { if (p.lengthComputable) bar.value = p.loaded / p.total; });
  request.addEventListener("loadend", () => {
    send.disabled = false;
    bar.hidden = true;
    if (request.status === 201 && request.getResponseHeader("Kiosk-Contract")) {
      for (const part of document.querySelectorAll("main > *")) part.hidden = part.id !== "done";
      return;
    }
    let slug = "any";
    try { slug = JSON.parse(request.responseText).code; } catch { /* no answer, or somebody else's */ }
    told(slug);
  });
  send.disabled = true;
  byId("told").hidden = true;
  bar.hidden = false;
  request.send(file);
});
