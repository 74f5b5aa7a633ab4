// Every state of a consultation's pages in axe-core: coming, open with a moved last day, closed, results, decided, ended.
// Proves that the page that keeps its address is accessible through its whole life, light and dark, and at 320 px, and
// that a page built before the last day and read after it says so.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { build, root } from "./small.mjs";
import { context } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const scratch = mkdtempSync(join(tmpdir(), "consultations-"));
const site = join(scratch, "site");
for (const layer of ["base", "consultations"]) cpSync(join(root, "tests/sites", layer), site, { recursive: true });
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Builds the site for a day; gives the folder of its pages. */
function buildFor(day) {
  const output = join(scratch, day);
  build(site, ["--today", day, "--answers", join(site, "answers"), "--output", output]);
  return join(output, "samrad");
}

async function assertAccessible(folder, mode, recursive = true) {
  const reader = await context(mode);
  const wrong = [];
  for (const name of readdirSync(folder, { recursive }).filter((name) => name.endsWith(".html"))) {
    const page = await reader.newPage();
    await page.goto(`file://${folder}/${name}`);
    await page.evaluate(() =>
      document.querySelectorAll("details").forEach((details) => {
        details.open = true;
      }),
    );
    await page.evaluate(axe);
    const { violations } = await page.evaluate(
      (levels) => window.axe.run(document, { runOnly: levels, resultTypes: ["violations"] }),
      levels,
    );
    wrong.push(...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0].target.join(" ")}`));
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
      wrong.push(`${name}: wider than the window`);
    await page.close();
  }
  await reader.close();
  assert.deepEqual(wrong, []);
}

const decidedFile = join(site, "data/consultations/beslutad.yaml");
for (const [day, states] of [
  ["2026-06-01", "results"],
  ["2026-11-23", "coming, extended, closed, decided"],
]) {
  test(`consultations: axe, ${states}`, async () => {
    const folder = buildFor(day);
    await assertAccessible(folder, {});
    await assertAccessible(folder, { width: 320, scheme: "dark" }, false);
  });
}

test("consultations: axe, ended", async () => {
  writeFileSync(
    decidedFile,
    readFileSync(decidedFile, "utf8").replace("decision: 2026-09-01 }", "decision: 2026-09-01, archived: 2026-12-01 }"),
  );
  const folder = buildFor("2026-12-24");
  assert.match(readFileSync(join(folder, "om-beslutet.html"), "utf8"), /standing-archived/);
  await assertAccessible(folder, {});
});

test("consultations: a page that has grown old says that it is closed", async () => {
  const folder = buildFor("2026-11-23");
  const reader = await context();
  const page = await reader.newPage();
  await page.clock.install({ time: new Date("2026-11-30T22:00:00Z") });
  await page.goto(`file://${folder}/oppen.html`);
  assert.ok(await page.locator(".standing-now").first().isVisible(), "the last day is not over");
  await page.clock.install({ time: new Date("2026-11-30T23:30:00Z") });
  await page.reload();
  assert.ok(await page.locator(".standing-after").first().isVisible());
  assert.ok(!(await page.locator(".standing-now").first().isVisible()));
  await reader.close();
});
