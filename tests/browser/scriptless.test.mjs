// Every page twice, with scripts and without.
// Proves that a reader without scripts loses nothing: the same words, every chart drawn, every table readable,
// drawers that open, and no button that does nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address, context, kind, lookAt, openDetails, pages } from "./site.mjs";

/** The words a reader sees, without the few that scripts add. */
function visibleText() {
  // The words about a last day depend on the day they are read.
  const added = ".readout, .copy, [role=status], [data-closes]";
  for (const element of document.querySelectorAll(added)) element.remove();
  return document.body.innerText.replace(/\s+/g, " ").trim();
}

/** Faults of a page without scripts: dead controls, and what is not shown. */
function losses() {
  const faults = [];
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}.${element.className}`;
  const has = (element) => [...element.getClientRects()].some((box) => box.width > 1 && box.height > 1);
  for (const dead of document.querySelectorAll(
    "button:not(form button), [role=button], [role=application], [onclick], input:not(form input), select:not(form select)",
  )) {
    faults.push(`dead control ${name(dead)}`);
  }
  for (const chart of document.querySelectorAll(".drawing-frame")) {
    const drawn = [...chart.querySelectorAll("svg")].filter(has);
    if (drawn.length !== 1) faults.push(`${drawn.length} drawings shown in ${chart.dataset.title}`);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!has(table)) faults.push(`hidden table ${table.id || table.caption?.textContent}`);
    else if (table.rows.length < 2) faults.push(`empty table ${table.id || table.caption?.textContent}`);
  }
  for (const hidden of document.querySelectorAll("[hidden], noscript")) {
    // A description is read through what it describes, and stands open for everybody in the drawer beside it.
    if (hidden.id && document.querySelector(`[aria-describedby~="${hidden.id}"]`)) continue;
    // What will be true after a last day; until then the words before it are.
    if (hidden.closest("[data-closes]")) continue;
    faults.push(`${name(hidden)} is for scripts only`);
  }
  return faults;
}

// A form is divided into steps by its script, and tells those who have none what they cannot do: `answering.test.mjs`. So is
// the page for the room, which without a script is boxes for a pen: `room.test.mjs`.
const withoutForms = pages.filter((path) => !["questions", "room"].includes(kind(path)));

test("scriptless: the same words, charts and tables; nothing dead", async () => {
  const withScripts = new Map();
  await lookAt(withoutForms, {}, async (tab, _, path) => {
    await openDetails(tab);
    withScripts.set(path, await tab.evaluate(visibleText));
  });
  await lookAt(withoutForms, { scripts: false }, async (tab, say, path) => {
    await openDetails(tab);
    for (const fault of await tab.evaluate(losses)) say(fault);
    const [here, there] = [await tab.evaluate(visibleText), withScripts.get(path)];
    if (here === there) return;
    const at = [...here].findIndex((letter, place) => letter !== there[place]);
    say(`other words: "${here.slice(at, at + 40)}" where scripts show "${there.slice(at, at + 40)}"`);
  });
});

test("scriptless: a drawer opens by key and pointer", async () => {
  const page = pages.find((path) => path.startsWith("indikatorer/")) ?? pages[0];
  const reader = await context({ scripts: false });
  const tab = await reader.newPage();
  await tab.goto(await address(page));
  const drawers = tab.locator("main details:visible");
  assert.ok((await drawers.count()) > 0, `${page} has no drawer`);
  const drawer = drawers.first();
  await drawer.locator("summary").click();
  assert.equal(await drawer.getAttribute("open"), "");
  await drawer.locator("summary").press("Enter");
  assert.equal(await drawer.getAttribute("open"), null);
  await reader.close();
});
