// The words of every page, block by block, and the words that are only heard or shown on demand.
// Proves that none of the rules in `typography.mjs` is broken. Code, and passages in another language, are left out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { language, lookAt, openDetails, pages } from "./site.mjs";
import { faults } from "./typography.mjs";

/** Text of the page as it is read: one piece for each block, whatever elements stand inside its lines. */
function pieces() {
  const found = [
    document.title,
    ...[...document.querySelectorAll("meta[name=description]")].map((meta) => meta.content),
  ];
  const skipped = "script, style, pre, code, kbd, samp, [lang]:not(html):not([lang^=sv]), svg title";
  const gather = (element) => {
    let line = "";
    const end = () => {
      if (line.trim()) found.push(line);
      line = "";
    };
    for (const node of element.childNodes) {
      if (node.nodeType === 3) line += node.data;
      // Something stands where code or another language was, so that no stray blank is seen there.
      if (node.nodeType === 1 && node.matches(skipped)) line += "■";
      if (node.nodeType !== 1 || node.matches(skipped)) continue;
      const isInline = /^(inline|contents)/.test(getComputedStyle(node).display) && !node.closest("svg");
      if (isInline && !node.querySelector("p, li, td, svg")) line += node.textContent;
      else {
        end();
        gather(node);
      }
    }
    end();
  };
  gather(document.body);
  for (const element of document.body.querySelectorAll("[title], [alt], [aria-label], [data-label], [data-column]")) {
    if (element.closest(skipped)) continue;
    for (const name of ["title", "alt", "aria-label", "data-label", "data-column"]) {
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
    }
  }
  return [...new Set(found)];
}

test("typography: Swedish, on every page", async () => {
  await lookAt(
    pages.filter((page) => language(page) === "sv"),
    { scripts: false },
    async (tab, say) => {
      await openDetails(tab);
      for (const piece of await tab.evaluate(pieces)) {
        for (const { name, excerpt } of faults(piece)) say(`${name}: …${excerpt}…`);
      }
    },
  );
});

test("typography: the rules find what is wrong and leave what is right", () => {
  const wrong = [
    "12.5 personer",
    "ned -3 steg",
    "åren 2017-2024",
    'ordet "stabil"',
    "5,2% av alla",
    "5,2 % av alla",
    "1 244 472 ton",
    "bra - men",
    "Nja ...",
    "16-64 år",
  ];
  const right = [
    "12,5 personer",
    "ned −3 steg",
    "åren 2017–2024",
    "ordet ”stabil”",
    "5,2\u00A0% av alla",
    "1\u00A0244\u00A0472\u00A0ton",
    "CC BY 4.0",
    "den 17 mars 2026 kl. 12.",
    "2026-03-17",
    "kod N15424-2",
    "hyfsat EU-stöd",
    "WCAG 2.2",
    "målet för 2030 kräver",
  ];
  for (const text of wrong) assert.notEqual(faults(text).length, 0, text);
  for (const text of right) assert.deepEqual(faults(text), [], text);
});
