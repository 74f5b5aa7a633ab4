// Every address written on every page, followed on disk.
// Proves that pages, files and anchors exist, that addresses are relative and name a file, so that the site works under
// any path and opened from a folder, that no page is left out, and that links to other hosts are encrypted.

import { posix } from "node:path";
import { test } from "node:test";
import { allPages, failOn, files, kind, lookAt, pages } from "./site.mjs";

const written = new Map();
const anchors = new Map();

/** The addresses and anchors of a page. */
function addresses() {
  const all = [...document.querySelectorAll("[href], [src]")].filter(
    (element) => !element.closest("svg") || element.localName !== "svg",
  );
  const internal = [
    ...document.querySelectorAll("[for], [aria-labelledby], [aria-describedby], [aria-controls], [aria-details]"),
  ].flatMap((element) =>
    ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details"].flatMap((name) =>
      (element.getAttribute(name) ?? "").split(/\s+/).filter(Boolean),
    ),
  );
  return {
    hrefs: [...new Set(all.map((element) => element.getAttribute("href") ?? element.getAttribute("src")))],
    empty: all.filter(
      (element) =>
        element.localName === "a" && element.textContent.trim() === "" && !element.getAttribute("aria-label"),
    ).length,
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
    referred: [...new Set(internal)],
  };
}

test("links: every page is read", async () => {
  await lookAt(allPages, { scripts: false }, async (tab, say, path) => {
    const { hrefs, empty, ids, referred } = await tab.evaluate(addresses);
    written.set(path, hrefs);
    anchors.set(path, new Set(ids));
    if (empty) say(`${empty} links without words`);
    for (const id of referred) if (!ids.includes(id)) say(`an attribute names #${id}, which does not exist`);
    for (const id of ids.filter((each, place) => ids.indexOf(each) !== place)) say(`two elements are #${id}`);
  });
});

/** Why an address is wrong, or nothing. */
function fault(href, path) {
  if (/^(mailto|tel|data):/.test(href)) return null;
  if (/^https:\/\//.test(href)) return null;
  if (/^[a-z]+:|^\/\//.test(href)) return `another host without encryption, or an unknown kind: ${href}`;
  if (href.startsWith("/")) return `from the root, so not from disk: ${href}`;
  const [address, anchor] = href.split("#");
  const target = address === "" ? path : posix.join(posix.dirname(path), decodeURI(address.split("?")[0]));
  if (target.endsWith("/") || target === ".") return `a folder, which opens a list of files from disk: ${href}`;
  if (!files.includes(target)) return `no such file: ${href}`;
  if (anchor && anchors.has(target) && !anchors.get(target).has(decodeURIComponent(anchor)))
    return `no such anchor: ${href}`;
  return null;
}

test("links: every address leads somewhere, from disk as well", () => {
  failOn(
    pages.flatMap((path) =>
      written
        .get(path)
        .map((href) => ({ path, text: fault(href, path) }))
        .filter(({ text }) => text),
    ),
  );
});

test("links: every page can be reached from the front page", () => {
  const reached = new Set(["index.html"]);
  for (const path of reached) {
    for (const href of written.get(path) ?? []) {
      if (/^[a-z]+:|^#/.test(href)) continue;
      reached.add(posix.join(posix.dirname(path), decodeURI(href.split(/[?#]/)[0])));
    }
  }
  // The page for wrong addresses is shown by the host, and an endpoint sends its readers to the page that thanks them.
  failOn(
    allPages
      .filter((path) => path !== "404.html" && kind(path) !== "thanks" && !reached.has(path))
      .map((path) => ({ path, text: "no link leads here" })),
  );
});
