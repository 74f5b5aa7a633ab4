// The site of `tests/sites/answering`, built with the real theme and served, and an endpoint that receives its answers.
// Gives the addresses of both, what the endpoint received, and the ways through the form that several tests take.
// Every page that posts to https://svar.example.se posts to this endpoint instead.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after } from "node:test";
import { build, root, run as runIn } from "./small.mjs";
import { context } from "./site.mjs";

const scratch = mkdtempSync(join(tmpdir(), "answering-"));
const output = join(scratch, "output");
/** The site's folder. */
export const site = join(scratch, "site");

/** Runs the program with these arguments in the site's folder; gives what it prints. */
export const run = (args) => runIn(site, args);

// A copy of the small site, built for a day on which it is open.
for (const folder of ["data", "content"])
  cpSync(join(root, "tests/sites/answering", folder), join(site, folder), { recursive: true });
build(site, ["--today", "2026-11-23", "--output", output]);

const listen = (server) =>
  new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${server.address().port}`)));
const types = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** What the endpoint received, newest last, as pairs of field and value. */
export const submissions = [];

/** How the endpoint answers: a status, or `drop` for a connection that breaks; and another that pages post to, if any. */
export const endpointReply = { status: 200, elsewhere: null };

const endpoint = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => {
    if (endpointReply.status === "drop") return request.socket.destroy();
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (endpointReply.status !== 200) return response.writeHead(endpointReply.status).end();
    assert.equal(request.headers["content-type"].split(";")[0], "application/x-www-form-urlencoded");
    submissions.push([...new URLSearchParams(body)]);
    // A script reads the status; anyone else is shown a page.
    if (request.headers.accept.includes("text/html"))
      return response.writeHead(303, { location: `${siteOrigin}/samrad/allt/tack.html` }).end();
    return response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
const pages = createServer((request, response) => {
  const path = join(output, decodeURIComponent(new URL(request.url, "http://site").pathname));
  if (!existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
  if (extname(path) !== ".html") return response.end(readFileSync(path));
  return response.end(readFileSync(path, "utf8").replaceAll("https://svar.example.se", endpointReply.elsewhere ?? endpointOrigin));
});
export const endpointOrigin = await listen(endpoint);
export const siteOrigin = await listen(pages);

after(() => {
  endpoint.closeAllConnections();
  endpoint.close();
  pages.closeAllConnections();
  pages.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Opens a page of the site. Its requests and the errors on its console are gathered in `page.requests` and `page.errors`. */
export async function openPage(path, mode = {}) {
  const reader = await context(mode);
  const page = await reader.newPage();
  page.requests = [];
  page.errors = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.errors.push(message.text());
  });
  page.on("pageerror", (error) => page.errors.push(error.message));
  // Leaving with something unsaved asks first; whoever tests goes on.
  page.on("dialog", (dialog) => dialog.accept());
  if (mode.now) await page.clock.install({ time: new Date(mode.now) });
  await page.goto(`${siteOrigin}/${path}`);
  return page;
}

/** The values of a field in the last submission. */
export function submitted(name) {
  return submissions
    .at(-1)
    .filter(([field]) => field === name)
    .map(([, value]) => value);
}

/** The form with every kind of question. */
export const form = "samrad/allt/fragor.html";
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const next = (page) => button(page, "Nästa").click();

/** Fills in what is required, and goes to the step where answers are checked. */
export async function fillIn(page) {
  await page.getByLabel("Vilka är styrkorna?").fill("Åsikt & <b>ord</b>");
  await page.getByLabel("Kommun", { exact: true }).check();
  await next(page);
  await page.locator("[name=speglar][value='4']").check();
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=no-opinion]").check();
  await next(page);
  await next(page);
  await page.getByLabel("Vem svarar ni för?").selectOption("1880");
  await page.getByLabel("Kod ur inbjudan").fill("hemlig");
  await page.getByLabel("Med namn").check();
  await button(page, "Kontrollera svaren").click();
}

/** Presses the button that saves a file; gives the file's name and the path it was saved at. */
export async function save(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Spara svaret som fil").click()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}
