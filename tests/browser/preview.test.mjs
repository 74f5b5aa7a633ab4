// A page of `utsikt serve` while its author works: it renews itself where the reader was, and says what is wrong.
// Takes the program (see small.mjs) and a site of its own; looks at one page through edit, mistake and mending.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { context } from "./site.mjs";
import { program } from "./small.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = mkdtempSync(join(tmpdir(), "preview-"));
const long = Array.from({ length: 80 }, (_, number) => `Stycke ${number}.\n`).join("\n");
const page = (text) => `---\ntitle: Start\n---\n${text}\n\n${long}\n[En länk](om.md)\n\n${long}`;
const settings = "title: Prov\nnavigation: [index]\n";

function write(file, text) {
  mkdirSync(join(site, file, ".."), { recursive: true });
  writeFileSync(join(site, file), text);
}
write("data/site.yaml", settings);
write("content/index.md", page("Hej."));
write("content/om.md", "---\ntitle: Om\n---\nText.\n");

const running = spawn(program(), ["serve", "--port", "0", "--lang", "sv", "--site", site]);
const root = await new Promise((ready, failed) => {
  running.stdout.on("data", (text) => ready(/http:\S+/.exec(text)?.[0]));
  running.on("exit", (code) => failed(new Error(`the program ended with ${code}`)));
});
after(() => {
  running.kill();
  rmSync(site, { recursive: true });
});

/** A tab that shows the front page, and the errors on its console. */
async function openPreview(mode) {
  const reader = await context(mode);
  const tab = await reader.newPage();
  const errors = [];
  tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  tab.on("pageerror", (error) => errors.push(error.message));
  tab.setDefaultTimeout(20000);
  await tab.goto(root);
  return { reader, tab, errors };
}

test("preview: an edit shows at once, where the reader was and with the focus kept", async () => {
  write("content/index.md", page("Hej."));
  const { reader, tab, errors } = await openPreview();
  await tab.locator("main a", { hasText: "En länk" }).focus();
  await tab.evaluate(() => scrollTo({ top: 1200, behavior: "instant" }));
  write("content/index.md", page("Hej igen."));
  await tab.getByText("Hej igen.").waitFor({ state: "attached" });
  await tab.waitForFunction(() => scrollY === 1200);
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "En länk");
  await tab.evaluate(() => (globalThis.same = true));
  write("content/om.md", "---\ntitle: Om\n---\nAnnan text.\n");
  await tab.waitForTimeout(1500);
  assert.ok(await tab.evaluate(() => globalThis.same), "an edit of another page leaves this one alone");
  assert.deepEqual(errors, []);
  await reader.close();
});

for (const [name, mode] of [
  ["wide", {}],
  ["phone, dark", { width: 320, height: 640, scheme: "dark" }],
]) {
  test(`preview: a mistake shows over the last good page and goes when it is mended (${name})`, async () => {
    write("data/site.yaml", settings);
    const { reader, tab, errors } = await openPreview(mode);
    write("data/site.yaml", `${settings}titel: "<img src=x>"\n`);
    const panel = tab.getByRole("region", { name: "Vad som är fel" });
    await panel.waitFor();
    assert.match(await panel.getByRole("alert").textContent(), /1 fel/);
    assert.equal(await panel.locator("mark").textContent(), "titel");
    const text = await panel.innerText();
    for (const part of ["data/site.yaml:3:1", "<img src=x>", "title"])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.ok(await tab.getByText("Stycke 0.").first().isVisible(), "the last good page stays underneath");
    assert.match(await tab.title(), /^\(1 fel\) /);
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
    assert.deepEqual(errors, []);
    await tab.evaluate(axe);
    const breaches = await tab.evaluate(async () => (await axe.run("utsikt-preview")).violations.map(({ id }) => id));
    assert.deepEqual(breaches, []);
    // The checker lays a style of its own on the page, which the page's policy refuses.
    errors.length = 0;
    if (process.env.PICTURES) await tab.screenshot({ path: join(process.env.PICTURES, `preview-${name}.png`) });
    await panel.getByRole("button", { name: "Stäng" }).click();
    assert.ok(await panel.isHidden());
    write("data/site.yaml", `${settings}titlar: x\n`);
    await panel.waitFor();
    write("data/site.yaml", settings);
    await panel.waitFor({ state: "hidden" });
    assert.doesNotMatch(await tab.title(), /fel/);
    assert.deepEqual(errors, []);
    await reader.close();
  });
}
