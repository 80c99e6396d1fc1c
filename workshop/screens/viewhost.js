"use strict";
const sent = [];
let renderer = null;
let onSent = () => {};

/** Starts the engine. Its own promise does not always settle, so that we ask it for a document until it makes one. */
async function start() {
  AplRenderer.initEngine();
  const smallest = JSON.stringify({type: "APL", version: "1.4", mainTemplate: {items: [{type: "Text"}]}});
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      if (AplRenderer.Content.create(smallest)) return true;
    } catch (notYet) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  return false;
}

/** Draws a RenderDocument directive. Everything the document sends is kept in `sent`. */
async function show(directive, viewport) {
  if (renderer) renderer.destroy();
  const view = document.getElementById("view");
  view.replaceChildren();
  view.style.width = `${viewport.width}px`;
  view.style.height = `${viewport.height}px`;
  sent.length = 0;
  const content = AplRenderer.Content.create(JSON.stringify(directive.document));
  content.addData("payload", JSON.stringify(directive.datasources));
  renderer = AplRenderer.default.create({
    view, content, mode: viewport.mode, theme: "dark",
    environment: {agentName: "cramp-coach", agentVersion: "1"},
    viewport: {width: viewport.width, height: viewport.height, dpi: viewport.dpi, isRound: viewport.round},
    utcTime: Date.now(), localTimeAdjustment: 0,
    onSendEvent: (event) => {
      sent.push({arguments: event.arguments, source: event.source});
      onSent(event.arguments);
    },
  });
  await renderer.init();
}

/** Every visible text: its words, the box it was given, and the box its ink takes. */
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.getElementById("view"), NodeFilter.SHOW_TEXT);
  const seen = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.textContent.trim()) continue;
    let box = node.parentElement;
    while (box && getComputedStyle(box).position !== "absolute") box = box.parentElement;
    if (!box) continue;
    let shown = 1;
    for (let at = box; at && at.id !== "view"; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden") shown = 0;
      shown *= Number(style.opacity);
    }
    // Word by word: the space that a line ends in is no ink.
    const ink = [];
    for (const word of node.textContent.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      ink.push(...[...range.getClientRects()].filter((r) => r.width > 0));
    }
    if (!shown || !ink.length) continue;
    if (!seen.has(box)) {
      const given = box.getBoundingClientRect();
      seen.set(box, {words: "", size: parseFloat(getComputedStyle(node.parentElement).fontSize), opacity: shown,
        given: [given.left, given.top, given.right, given.bottom], lines: []});
      found.push(seen.get(box));
    }
    const text = seen.get(box);
    text.words += (text.words && !/\s$/.test(text.words) ? " " : "") + node.textContent;
    for (const r of ink) text.lines.push([r.left, r.top, r.right, r.bottom]);
  }
  return found;
}

/** In a frame of another page: draws what that page sends, and tells it what is touched and asked for. */
if (window.parent !== window) {
  const reply = (message) => window.parent.postMessage(message, window.location.origin);
  window.addEventListener("message", async (event) => {
    if (event.source !== window.parent || event.origin !== window.location.origin || !event.data.directive) return;
    const {width, height} = document.documentElement.getBoundingClientRect();
    const around = {width: Math.round(width), height: window.innerHeight, dpi: 160, round: false, mode: "HUB"};
    await show(event.data.directive, event.data.viewport || around);
  });
  start().then((started) => reply({ready: started}));
  onSent = (args) => reply({arguments: args});
}
