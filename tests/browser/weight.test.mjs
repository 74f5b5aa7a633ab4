// Every page with everything it loads, as a web host would send it.
// Proves the budget: 200 KiB compressed, 50 KiB of script, 3,000 elements.

import { posix } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { files, lookAt, pages, read } from "./site.mjs";

const budget = { gzip: 200 * 1024, script: 50 * 1024, elements: 3000 };
const compressed = new Map();

function gzip(path) {
  if (!compressed.has(path)) compressed.set(path, gzipSync(read(path), { level: 6 }).length);
  return compressed.get(path);
}

test("weight: 200 KiB compressed, 50 KiB of script, 3,000 elements", async () => {
  await lookAt(pages, { scripts: false }, async (tab, say, path) => {
    const { count, loaded } = await tab.evaluate(() => ({
      count: document.querySelectorAll("*").length,
      loaded: [...document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon], script[src], img[src]")]
        .map((element) => element.getAttribute("href") ?? element.getAttribute("src"))
        .filter((href) => !href.startsWith("data:")),
    }));
    const parts = [...new Set(loaded)]
      .map((href) => posix.join(posix.dirname(path), decodeURI(href)))
      .filter((part) => files.includes(part));
    const total = [path, ...parts].reduce((sum, part) => sum + gzip(part), 0);
    const script = parts.filter((part) => part.endsWith(".js")).reduce((sum, part) => sum + read(part).length, 0);
    if (total > budget.gzip) say(`${Math.round(total / 1024)} KiB compressed`);
    if (script > budget.script) say(`${Math.round(script / 1024)} KiB of script`);
    if (count > budget.elements) say(`${count} elements`);
  });
});
