// The largest page of some kinds, from the address bar to the last link by Tab alone.
// Proves that the skip link comes first, is seen and works, that every control is reached once and in the order of the
// page, that the focus is always seen, on screen and uncovered, and that the way back is open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address, context, failOn, pageOf } from "./site.mjs";

const kinds = ["front", "overview", "indicator", "place", "set", "data", "page"];
const modes = [
  ["wide", {}],
  ["phone, dark", { width: 390, height: 844, scheme: "dark" }],
];

/** Numbers every control that Tab should reach, in the order of the page, and gives their names. */
function numberControls() {
  const controls = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")];
  return controls
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
    .map((element, place) => {
      element.dataset.stop = place;
      return `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${element.textContent.trim().slice(0, 40)}"`;
    });
}

/** The control that has the focus, by its number, and what is wrong with how the focus shows. */
function inspectFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { stop: null, faults: [] };
  const faults = [];
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no focus ring");
  if (style.outlineColor === "rgba(0, 0, 0, 0)" || style.outlineColor === style.backgroundColor)
    faults.push("an invisible focus ring");
  const boxes = [...element.getClientRects()];
  const isOn = (box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!boxes.some(isOn)) faults.push("off screen");
  const points = boxes
    .filter(isOn)
    .flatMap((box) =>
      [0.05, 0.5, 0.95].map((share) => [
        Math.min(Math.max(box.left + box.width * share, 1), innerWidth - 1),
        Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1),
      ]),
    );
  const isOpen = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  };
  if (points.length && !points.some(isOpen)) faults.push("covered");
  return { stop: element.dataset.stop === undefined ? null : Number(element.dataset.stop), faults };
}

/** Which controls a page has depends on how wide its containers turn out: known only when it has been laid out and painted. */
const afterPaint = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

async function walk(tab, path) {
  const findings = [];
  await tab.evaluate(afterPaint);
  const controls = await tab.evaluate(numberControls);
  for (const [place, control] of controls.entries()) {
    await tab.keyboard.press("Tab");
    const { stop, faults } = await tab.evaluate(inspectFocus);
    for (const fault of faults) findings.push({ path, text: `${fault}: ${control}` });
    if (stop !== place) {
      findings.push({ path, text: `Tab went to ${controls[stop] ?? "nothing known"} instead of ${control}` });
      break;
    }
  }
  await tab.keyboard.press("Shift+Tab");
  const { stop } = await tab.evaluate(inspectFocus);
  if (findings.length === 0 && stop !== controls.length - 2)
    findings.push({ path, text: "Shift+Tab does not lead back" });
  return findings;
}

for (const [name, mode] of modes) {
  for (const kind of kinds) {
    const path = pageOf(kind);
    test(`keyboard: every control of ${path} (${name})`, { skip: !path }, async () => {
      const reader = await context(mode);
      const tab = await reader.newPage();
      await tab.goto(await address(path));
      failOn(await walk(tab, path));
      await reader.close();
    });
  }
}

test("keyboard: the skip link comes first, is seen, and leads to the content", async () => {
  const reader = await context();
  const tab = await reader.newPage();
  await tab.goto(await address(pageOf("indicator") ?? pageOf("front")));
  const skip = tab.locator("a.skip");
  assert.ok((await skip.boundingBox()).y < 0, "the skip link is out of sight until it is needed");
  await tab.keyboard.press("Tab");
  assert.ok(await skip.evaluate((link) => link === document.activeElement), "Tab reaches the skip link first");
  assert.ok((await skip.boundingBox()).y >= 0, "the skip link is seen when it has the focus");
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  assert.ok(
    await tab.evaluate(() => document.querySelector("main").contains(document.activeElement)),
    "the next Tab is inside the content",
  );
  await reader.close();
});
