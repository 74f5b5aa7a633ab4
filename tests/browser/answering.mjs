// The site of `tests/sites/answering`, built with the real theme and served, and an endpoint that receives its answers.
// Gives addresses, and what the endpoint was sent.
// Every page of it that posts to https://svar.example.se posts to the endpoint instead.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after } from "node:test";
import { build, root, run as runIn } from "./small.mjs";
import { context } from "./site.mjs";

const scratch = mkdtempSync(join(tmpdir(), "answering-"));
const built = join(scratch, "output");
/** The site's folder. */
export const site = join(scratch, "site");

/** Runs the program in the site's folder; gives what it prints. */
export const run = (what) => runIn(site, what);

// A copy of the small site, built for a day on which it is open.
for (const folder of ["data", "content"]) cpSync(join(root, "tests/sites/answering", folder), join(site, folder), { recursive: true });
build(site, ["--today", "2026-11-23", "--output", built]);

const listen = (server) => new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${server.address().port}`)));
const types = { ".css": "text/css", ".csv": "text/csv", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".svg": "image/svg+xml" };

/** What the endpoint was sent, newest last, as pairs of field and value; and how it answers: a status, or `drop`. */
export const received = [];
export const manner = { status: 200 };

const endpoint = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => { body += part; });
  request.on("end", () => {
    if (manner.status === "drop") return request.socket.destroy();
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (manner.status !== 200) return response.writeHead(manner.status).end();
    assert.equal(request.headers["content-type"].split(";")[0], "application/x-www-form-urlencoded");
    received.push([...new URLSearchParams(body)]);
    // A script reads the status; anyone else is shown a page.
    if (request.headers.accept.includes("text/html")) return response.writeHead(303, { location: `${home}/samrad/allt/tack.html` }).end();
    return response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
const pages = createServer((request, response) => {
  const path = join(built, decodeURIComponent(new URL(request.url, "http://site").pathname));
  if (!existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
  if (extname(path) !== ".html") return response.end(readFileSync(path));
  return response.end(readFileSync(path, "utf8").replaceAll("https://svar.example.se", target));
});
export const target = await listen(endpoint);
export const home = await listen(pages);

after(() => {
  endpoint.closeAllConnections();
  endpoint.close();
  pages.closeAllConnections();
  pages.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** A page of the site, opened; what it asks of hosts, and says to the console, is in `page.asked` and `page.said`. */
export async function opened(path, mode = {}) {
  const made = await context(mode);
  const page = await made.newPage();
  page.asked = [];
  page.said = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.said.push(message.text()); });
  page.on("pageerror", (error) => page.said.push(error.message));
  // Leaving with something unsaved asks first; whoever tests goes on.
  page.on("dialog", (dialog) => dialog.accept());
  if (mode.now) await page.clock.install({ time: new Date(mode.now) });
  await page.goto(`${home}/${path}`);
  return page;
}

/** What was sent under a name, last time. */
export function sent(name) {
  return received.at(-1).filter(([own]) => own === name).map(([, value]) => value);
}
