// Answering a questionnaire. The page works without this script: a plain form that is posted. The script divides the form
// into steps, checks it, keeps what is typed, saves and opens files, and sends the answer.
//
// Every part in this folder is one concern: a function that is given the parts it needs and gives what others may use.
// No part uses one that comes after it; the last part runs them. A part tells later ones what happens by events on the form:
//   refill   the script has put values into fields: a draft's or a file's
//   step     another step is shown
//   sending  the answer is on its way
//   unsent   the answer was not received, or can no longer be sent
//
// This part is the page around the form: its sentences, its sections, and places for what the other parts show.
"use strict";

/** An element with properties or attributes, and its content. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** A link that calls `follow` instead of leaving the page. */
function makeLink(href, text, follow) {
  const onclick = (event) => {
    event.preventDefault();
    follow();
  };
  return make("a", { href, onclick }, text);
}

/** A random id (RFC 9562, version 4); older browsers have only the bytes. */
function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function createPage(form) {
  // A question may be called `action` or `dataset`, and would then hide the form's own property of that name.
  const data = (name) => form.getAttribute(`data-${name}`);
  const words = JSON.parse(data("words"));
  const language = document.documentElement.lang;
  const steps = [...form.querySelectorAll("[data-step]")];
  const last = form.querySelector("[data-send]");

  /** A sentence with its gaps filled; of two forms the one that the number `n` asks for. */
  function say(path, values = {}) {
    let text = path.split(".").reduce((tree, key) => tree[key], words);
    if (typeof text === "object") text = Number(values.n) === 1 ? text.one : text.many;
    return text.replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
  }

  const button = (word, onclick, properties = {}) =>
    make("button", {
      type: "button",
      className: "button button-second",
      textContent: say(word),
      onclick,
      ...properties,
    });

  /** What no field takes, told in words: it is lost from the form, never in silence. */
  function listMisfits(lines) {
    if (!lines.length) return [];
    const items = lines.slice(0, 50).map((line) => make("li", {}, line));
    if (lines.length > 50) items.push(make("li", {}, say("open_more", { n: lines.length - 50 })));
    return [make("p", {}, say("open_misfits")), make("ul", {}, ...items)];
  }

  const box = make("div", { className: "answering-box" });
  const notice = make("div", { className: "answering-notice", role: "status" });
  box.append(notice);
  // Not `after`: that may be a question too. Ids of questions have no capitals.
  form.insertAdjacentElement("afterend", box);

  return {
    form,
    data,
    say,
    button,
    listMisfits,
    title: document.title,
    openedAt: Date.now(),
    /** A day and time in words. */
    inWords: (time) => new Date(time).toLocaleString(language, { dateStyle: "long", timeStyle: "short" }),
    /** Tells the other parts that something has happened. */
    announce: (event) => form.dispatchEvent(new Event(event)),
    /** What stands before the form, on its first step only. */
    introduction: document.getElementById("answering-before"),
    /** The sections that ask, the one where the answers are checked and handed in, and all of them. */
    steps,
    last,
    sections: [...steps, last],
    /** Below the form: buttons, what has just been done, drafts. */
    box,
    notice,
    /** What changes: the step shown, whether leaving would lose anything, whether the answer is on its way, or received. */
    state: { step: 0, isUnsaved: false, isSending: false, isSent: false },
  };
}
