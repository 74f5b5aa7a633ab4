// Every page on a small phone, a phone, and with text twice as large.
// Proves that the page never scrolls sideways (WCAG 1.4.10), that text grows when the reader asks for it and none of it
// is cut (1.4.4), also with wider spacing (1.4.12). What scrolls inside the page has a name and takes the focus.

import { test } from "node:test";
import { lookAt, openDetails, pages } from "./site.mjs";

/** The innermost elements that stick out of the page, unless they are inside something that scrolls. */
function sideways() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) =>
    element &&
    element !== document.body &&
    (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX) ||
      scrolls(element.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > root.clientWidth + 0.5 && !scrolls(element.parentElement);
  });
  const inner = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
  const names = inner
    .slice(0, 3)
    .map(
      (element) =>
        `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${element.textContent.trim().slice(0, 30)}"`,
    );
  return [`${root.scrollWidth - root.clientWidth} px too wide: ${names.join("; ") || "unknown"}`];
}

/** Elements whose own text is cut off; what only listeners get is cut on purpose. */
function cut() {
  const spoken = (element) =>
    element.closest(".visually-hidden, .signal-said, svg") || getComputedStyle(element).clipPath !== "none";
  const faults = [];
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width < 2 || spoken(element) || element.textContent.trim() === "") continue;
    const hides = (overflow) => ["hidden", "clip"].includes(overflow);
    const isWide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const isTall = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if ((isWide || isTall) && !element.closest("thead"))
      faults.push(`cut: ${element.tagName.toLowerCase()}.${element.className}`);
  }
  return faults;
}

/** Boxes that scroll inside the page but cannot be reached or have no name. */
function unreachable() {
  const faults = [];
  for (const element of document.body.querySelectorAll("*")) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls =
      (["auto", "scroll"].includes(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (["auto", "scroll"].includes(overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (!scrolls) continue;
    const label = element.tagName.toLowerCase() + "." + element.className;
    if (element.tabIndex < 0 && !element.querySelector("a[href], button"))
      faults.push(`scrolls, takes no focus: ${label}`);
    if (element.tabIndex >= 0 && !element.getAttribute("aria-label")) faults.push(`scrolls, has no name: ${label}`);
  }
  return faults;
}

/** Sizes of text by element, to be compared before and after enlarging. */
function sizes() {
  const found = {};
  for (const element of document.body.querySelectorAll("*")) {
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!isText || element.closest("svg") || element.getClientRects().length === 0) continue;
    found[element.tagName.toLowerCase() + "." + (element.getAttribute("class") ?? "")] ??= parseFloat(
      getComputedStyle(element).fontSize,
    );
  }
  return found;
}

async function sayAll(tab, say, at, checks) {
  for (const check of checks) for (const fault of await tab.evaluate(check)) say(`${at}: ${fault}`);
}

test("reflow: 320 and 390 px wide", async () => {
  await lookAt(pages, { width: 320, height: 640 }, async (tab, say) => {
    await tab.setViewportSize({ width: 320, height: 640 });
    await sayAll(tab, say, "320 px, drawers closed", [sideways]);
    await openDetails(tab);
    await sayAll(tab, say, "320 px", [sideways, cut, unreachable]);
    await tab.setViewportSize({ width: 390, height: 844 });
    await sayAll(tab, say, "390 px", [sideways]);
  });
});

/** Text of twice the size that the page has at this width, as a browser's setting makes it. */
const doubled = () => {
  const root = document.documentElement;
  root.style.fontSize = "";
  root.style.fontSize = `${2 * Number.parseFloat(getComputedStyle(root).fontSize)}px`;
};

test("reflow: text at 200 %", async () => {
  await lookAt(pages, { height: 1024 }, async (tab, say) => {
    await tab.setViewportSize({ width: 1280, height: 1024 });
    await openDetails(tab);
    const before = await tab.evaluate(sizes);
    await tab.evaluate(doubled);
    const enlarged = await tab.evaluate(sizes);
    for (const [name, size] of Object.entries(enlarged)) {
      // Headings are fluid, so they grow by less than all of it; text set in pixels would not grow at all.
      if (before[name] && size < before[name] * 1.5)
        say(`200 %: ${name} grows only from ${before[name]} to ${size} px`);
    }
    await sayAll(tab, say, "200 % at 1280 px", [sideways, cut]);
    await tab.setViewportSize({ width: 640, height: 800 });
    await tab.evaluate(doubled);
    await sayAll(tab, say, "200 % at 640 px", [sideways, cut]);
    await tab.setViewportSize({ width: 390, height: 844 });
    await tab.evaluate(doubled);
    await sayAll(tab, say, "200 % at 390 px", [sideways]);
  });
});

test("reflow: wider text spacing", async () => {
  await lookAt(pages, { width: 390, height: 844 }, async (tab, say) => {
    await openDetails(tab);
    await tab.evaluate(() => {
      for (const element of document.querySelectorAll("body, body *:not(svg, svg *)")) {
        Object.assign(element.style, { lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" });
      }
    });
    await sayAll(tab, say, "spacing at 390 px", [sideways, cut]);
  });
});
