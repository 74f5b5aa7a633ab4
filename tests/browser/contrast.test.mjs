// Charts on every page: the colour of each text and mark against what lies behind it.
// Proves 4.5:1 for text (WCAG 1.4.3) and 3:1 for marks that carry a value (1.4.11), in light, dark, forced colours,
// and on paper for a reader whose screen is dark. axe leaves text on pictures to people, so it is measured here.

import { test } from "node:test";
import { lookAt, pages, spread } from "./site.mjs";

/** The faults of all drawings that are shown. */
function measure() {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  /** Any colour of CSS as red, green, blue and alpha. */
  const parts = (colour) => {
    if (!known.has(colour)) {
      probe.clearRect(0, 0, 1, 1);
      probe.fillStyle = colour;
      probe.fillRect(0, 0, 1, 1);
      known.set(colour, [...probe.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const luminance = (colour) => {
    const [red, green, blue] = parts(colour)
      .slice(0, 3)
      .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const isSolid = (colour) => colour !== "none" && parts(colour)[3] > 250;
  const paper =
    [document.body, document.documentElement]
      .map((element) => getComputedStyle(element).backgroundColor)
      .find(isSolid) ?? "Canvas";
  /** What is painted under an element at a point: its halo, the next shape below, or the paper. */
  const ground = (element, x, y) => {
    const own = getComputedStyle(element);
    if (own.paintOrder.startsWith("stroke") && isSolid(own.stroke) && parseFloat(own.strokeWidth) >= 2)
      return own.stroke;
    const below = document.elementsFromPoint(x, y);
    const shape = below
      .slice(below.indexOf(element) + 1)
      .find(
        (other) =>
          other.closest("svg") &&
          other.tagName !== "svg" &&
          !other.closest("text") &&
          isSolid(getComputedStyle(other).fill) &&
          Number(getComputedStyle(other).fillOpacity) > 0.9,
      );
    return shape ? getComputedStyle(shape).fill : paper;
  };
  const faults = new Set();
  for (const drawing of document.querySelectorAll(".drawing-frame svg")) {
    if (drawing.getClientRects().length === 0) continue;
    const chart = drawing.closest("figure")?.className ?? "drawing";
    for (const text of drawing.querySelectorAll("text")) {
      if (text.textContent.trim() === "") continue;
      const box = text.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) scrollTo(0, scrollY + box.top - 200);
      const seen = text.getBoundingClientRect();
      const grounds = [0.1, 0.5, 0.9].map((share) =>
        ground(text, seen.left + seen.width * share, (seen.top + seen.bottom) / 2),
      );
      const fill = getComputedStyle(text).fill;
      const least = Math.min(...grounds.map((behind) => ratio(fill, behind)));
      if (least < 4.5)
        faults.add(`${chart}: text "${text.textContent.trim().slice(0, 30)}" ${least.toFixed(2)}:1 (${fill})`);
    }
    for (const mark of drawing.querySelectorAll("[data-label]")) {
      const style = getComputedStyle(mark);
      const inks = [style.fill, style.stroke].filter((ink) => ink !== "none" && parts(ink)[3] > 0);
      const best = Math.max(...inks.map((ink) => ratio(ink, paper)), inks.length ? 0 : 21);
      if (best < 3)
        faults.add(`${chart}: mark "${mark.dataset.label.slice(0, 30)}" ${best.toFixed(2)}:1 (${inks.join(", ")})`);
    }
  }
  return [...faults];
}

const modes = [
  ["light", {}, () => pages],
  ["dark", { scheme: "dark" }, () => pages],
  ["dark on a phone", { scheme: "dark", width: 390 }, spread],
  ["forced colours", { forced: true }, spread],
  ["forced colours, dark", { forced: true, scheme: "dark" }, spread],
  ["on paper, from dark", { media: "print", scheme: "dark", width: 672 }, spread],
];

for (const [name, mode, which] of modes) {
  test(`contrast: charts, ${name}`, async () => {
    await lookAt(which(), { height: 1400, ...mode }, async (tab, say) => {
      for (const fault of await tab.evaluate(measure)) say(fault);
    });
  });
}

test("contrast: ink on paper, for a reader in dark", async () => {
  await lookAt(spread(), { media: "print", scheme: "dark", width: 672 }, async (tab, say) => {
    const colours = await tab.evaluate(() =>
      [...document.querySelectorAll("main :is(h1, h2, h3, p, td, th, dd, li)")].map(
        (element) => getComputedStyle(element).color,
      ),
    );
    const pale = colours.filter((colour) =>
      colour
        .match(/\d+/g)
        .slice(0, 3)
        .some((part) => Number(part) > 140),
    );
    for (const colour of new Set(pale)) say(`pale ink: ${colour}`);
  });
});
