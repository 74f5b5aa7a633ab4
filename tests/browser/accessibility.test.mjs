// Every page, with every drawer opened, in axe-core.
// Proves that no rule of WCAG 2.0 to 2.2, levels A and AA, is violated: all pages in light at 1280 px,
// and a spread of them on a phone, in dark, and in forced colours.
// What axe leaves for people to judge (text on pictures) is measured in `contrast.test.mjs`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { lookAt, openDetails, pages, spread } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
  resultTypes: ["violations"],
  preload: false,
};

async function judge(tab, say) {
  await openDetails(tab);
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((chosen) => window.axe.run(document, chosen), options);
  for (const { id, help, nodes } of violations) {
    for (const node of nodes.slice(0, 5)) say(`${id}: ${help}: ${node.target.join(" ")} ${detail(node)}`);
  }
}

/** The figures of a contrast finding; other findings explain themselves. */
function detail(node) {
  const { contrastRatio, fgColor, bgColor } = node.any[0]?.data ?? {};
  return contrastRatio ? `(${contrastRatio}:1, ${fgColor} on ${bgColor})` : "";
}

test("accessibility: axe, every page, light 1280", () => lookAt(pages, {}, judge));
test("accessibility: axe, phone 390", () => lookAt(spread(), { width: 390 }, judge));
test("accessibility: axe, dark", () => lookAt(spread(), { scheme: "dark" }, judge));
test("accessibility: axe, forced colours", () => lookAt(spread(), { forced: true }, judge));
