// The site under test, and a browser to look at it with.
// Takes the folder named by SITE (else `output`), serves it on loopback, and opens pages in a chosen mode.
// A test looks at many pages at once and says what is wrong on each; all findings are reported together.
// ONLY=indikatorer/,index.html keeps to some pages while writing a test.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the built site. */
export const folder = resolve(process.env.SITE ?? join(here, "../../output"));

/** Every file of the site as a path with forward slashes, sorted. */
export const files = list(folder).sort();

/** Every HTML page, whatever ONLY says. */
export const allPages = files.filter((file) => file.endsWith(".html"));

/** The language of a page: those of further languages lie in a folder named after it. */
export const language = (page) => /^([a-z]{2})\//.exec(page)?.[1] ?? "sv";

/** The pages to look at. */
export const pages = allPages.filter(isChosen);
assert.ok(pages.length > 0, `no pages in ${folder}`);

function list(root, under = root) {
  return readdirSync(under, { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? list(root, path) : [relative(root, path).split(sep).join("/")];
  });
}

function isChosen(page) {
  const only = process.env.ONLY?.split(",");
  return !only || only.some((start) => page.startsWith(start));
}

/** The text of one file of the site. */
export function read(path) {
  return readFileSync(join(folder, path), "utf8");
}

/** What kind of page it is: the class of its layout. */
export function kind(page) {
  return /<body class="page-([a-z-]+)/.exec(read(page))?.[1] ?? "unknown";
}

/** A spread of pages: the largest and the smallest of each kind, and one for each kind of chart. */
export function spread() {
  const chosen = new Set();
  const seen = new Set();
  const bySize = [...pages].sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
  for (const page of bySize) {
    const marks = [kind(page), ...read(page).matchAll(/class="(chart chart-[a-z]+)"/g)].map((mark) => mark[1] ?? mark);
    if (marks.some((mark) => !seen.has(mark))) chosen.add(page);
    for (const mark of marks) seen.add(mark);
  }
  for (const layout of new Set(pages.map(kind))) chosen.add(bySize.filter((page) => kind(page) === layout).at(-1));
  return [...chosen].sort();
}

/** The largest page of a kind, or nothing where the site (or ONLY) has none. */
export function pageOf(layout) {
  const candidates = pages.filter((page) => kind(page) === layout);
  return candidates.sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size)[0];
}

const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

let server;

/** Serves the folder on a free port of loopback, and gives the address of its root. */
async function serve() {
  server ??= await new Promise((ready) => {
    const listener = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
      if (!files.includes(path)) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      return response.end(readFileSync(join(folder, path)));
    });
    listener.listen(0, "127.0.0.1", () => ready(listener));
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

/** The address of a page: over HTTP, or as a reader has it who opens the file. */
export async function address(page, from = "http") {
  if (from === "file") return pathToFileURL(join(folder, page)).href;
  return new URL(page.split("/").map(encodeURIComponent).join("/"), await serve()).href;
}

let browser;

async function launch() {
  browser ??= chromium.launch({
    executablePath: findChromium(),
    // Containers run as root and have a small /dev/shm.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"],
  });
  return browser;
}

after(async () => {
  await (await browser)?.close();
  server?.close();
});

/**
 * Opens a context.
 * `width`, `height` in CSS pixels; `scheme` light or dark; `forced` colours; `scripts`; `media` screen or print.
 */
export async function context({ width = 1280, height = 900, scheme = "light", forced = false, scripts = true } = {}) {
  const chosen = await (
    await launch()
  ).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    forcedColors: forced ? "active" : "none",
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    locale: "sv-SE",
  });
  // What is missing should fail at once; only opening a page may take its time.
  chosen.setDefaultTimeout(5000);
  chosen.setDefaultNavigationTimeout(30000);
  return chosen;
}

/**
 * Opens each page in the given mode and lets `look(page, say, path)` say what is wrong with it.
 * Two tabs work side by side. Fails with all findings, the same finding on many pages as one line.
 */
export async function lookAt(paths, mode, look) {
  const findings = [];
  const queue = [...paths];
  const from = await context(mode);
  if (mode.before) await mode.before(from);
  const work = async () => {
    const tab = await from.newPage();
    if (mode.media) await tab.emulateMedia({ media: mode.media });
    for (let path = queue.shift(); path; path = queue.shift()) {
      const current = path;
      const say = (text) => findings.push({ path: current, text });
      if (mode.listen) mode.listen(tab, say);
      await tab.goto(await address(path, mode.from), { waitUntil: "load" });
      await look(tab, say, path);
      if (mode.listen) tab.removeAllListeners();
    }
    await tab.close();
  };
  await Promise.all([work(), work()]);
  await from.close();
  failOn(findings);
}

/** Fails when there are findings, {path, text}. */
export function failOn(findings) {
  if (findings.length === 0) return;
  const grouped = new Map();
  for (const { path, text } of findings) grouped.set(text, [...(grouped.get(text) ?? []), path]);
  const lines = [...grouped]
    .sort((a, b) => b[1].length - a[1].length)
    .map(
      ([text, on]) =>
        `  ${text}\n      on ${[...new Set(on)].slice(0, 3).join(", ")}${on.length > 3 ? ` and ${on.length - 3} more` : ""}`,
    );
  const failure = new Error(
    `${findings.length} findings, ${grouped.size} different\n${lines.slice(0, Number(process.env.LINES ?? 80)).join("\n")}`,
  );
  failure.stack = failure.message;
  throw failure;
}

/** Opens every <details>, so that what it holds is looked at too. */
export function openDetails(tab) {
  return tab.evaluate(() =>
    document.querySelectorAll("details").forEach((details) => {
      details.open = true;
    }),
  );
}
