// The outline of every page, read with scripts off.
// Proves: one h1, no heading level left out, the landmarks once each and named where there are several of a kind,
// the language, a title of its own, a description, and a viewport that may be zoomed.

import { test } from "node:test";
import { failOn, language, lookAt, pages } from "./site.mjs";

const titles = new Map();

function outline() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) =>
    element.getAttribute("aria-label") ??
    document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim() ??
    "";
  return {
    lang: document.documentElement.lang,
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content ?? "",
    viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
    headings: all("h1, h2, h3, h4, h5, h6").map((heading) => [Number(heading.tagName[1]), heading.textContent.trim()]),
    landmarks: ["main", "body > header", "body > footer"].map((selector) => [selector, all(selector).length]),
    names: all("nav, aside, section[aria-label], section[aria-labelledby], [role=region]").map((element) => [
      element.getAttribute("role") ?? element.tagName.toLowerCase(),
      name(element),
    ]),
  };
}

test("structure: headings, landmarks, language, title, description", async () => {
  await lookAt(pages, { scripts: false }, async (tab, say, path) => {
    const page = await tab.evaluate(outline);
    titles.set(page.title, [...(titles.get(page.title) ?? []), path]);
    if (page.lang !== language(path)) say(`lang is "${page.lang}"`);
    if (page.title.trim().length < 5) say(`title "${page.title}"`);
    if (page.description.length < 20) say(`meta description "${page.description}"`);
    if (!page.viewport.includes("width=device-width") || /user-scalable|maximum-scale/.test(page.viewport))
      say(`viewport "${page.viewport}"`);
    for (const [selector, count] of page.landmarks) if (count !== 1) say(`${count} of ${selector}`);
    sayHeadings(page.headings, say);
    sayNames(page.names, say);
  });
});

function sayHeadings(headings, say) {
  const first = headings.filter(([level]) => level === 1).length;
  if (first !== 1) say(`${first} h1`);
  let above = 0;
  for (const [level, text] of headings) {
    if (text === "") say(`an empty h${level}`);
    if (level > above + 1) say(`h${level} "${text}" after h${above}`);
    above = level;
  }
}

function sayNames(names, say) {
  const seen = new Set();
  for (const [tag, name] of names) {
    const key = `${tag} ${name}`;
    if (name === "") say(`${tag} without a name`);
    else if (seen.has(key)) say(`two ${tag} are named "${name}"`);
    seen.add(key);
  }
}

test("structure: every title stands once on the site", () => {
  failOn(
    [...titles]
      .filter(([, paths]) => paths.length > 1)
      .flatMap(([title, paths]) => paths.map((path) => ({ path, text: `title shared: "${title}"` }))),
  );
});
