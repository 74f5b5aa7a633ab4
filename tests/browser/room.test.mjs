// The page for the room, as a council uses it: one file opened from disk on a projector, by keyboard alone. Proves the whole way
// from raised hands to a protocol that is imported as it is and a page of results with the same numbers; and that what is
// stored, whatever its shape, never stops the page, that nothing leaves the device, and that a pen is enough without the script.

import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { build, root, run } from "./small.mjs";
import { context } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const scratch = mkdtempSync(join(tmpdir(), "room-"));
const site = join(scratch, "site");
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const folder of ["data", "content"])
  cpSync(join(root, "tests/sites/answering", folder), join(site, folder), { recursive: true });
writeFileSync(
  join(site, "data/consultations/radet.yaml"),
  `title: { sv: Vad ska gå före?, en: What comes first? }
description: { sv: Rådet svarar i rummet., en: The council answers in the room. }
respondents: persons
dates: { opens: 2026-11-02, closes: 2026-12-15 }
channels: { meetings: open }
publication: { minimum: 5 }
questionnaire:
  version: "1"
  steps:
    - title: { sv: Områden, en: Areas }
      questions:
        - id: riktning
          kind: direction
          text: { sv: Vad ska få mer?, en: What should get more? }
          short: { sv: Riktning, en: Direction }
          items:
            - { area: kompetens }
            - { area: klimat }
            - { id: vagar, text: { sv: Vägar, en: Roads } }
            - { id: tag, text: { sv: Tåg, en: Trains } }
        - { id: skal, kind: text, text: { sv: Varför?, en: Why? } }
`,
);
build(site, ["--today", "2026-11-23", "--output", join(scratch, "output")]);

// As it is carried to the room: the one file, and nothing beside it.
const carried = join(scratch, "usb/i-rummet.html");
mkdirSync(join(scratch, "usb"));
copyFileSync(join(scratch, "output/samrad/radet/i-rummet.html"), carried);
const key = "utsikt-rum:radet:1";

/** Opens the file; what it asks for and complains of is gathered. */
async function open(mode = {}, stored) {
  const reader = await context({ width: 1920, height: 1080, ...mode });
  const page = await reader.newPage();
  page.trouble = [];
  page.on("console", (message) => page.trouble.push(message.text()));
  page.on("pageerror", (error) => page.trouble.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) page.trouble.push(request.url());
  });
  if (stored !== undefined) {
    await page.addInitScript(([name, text]) => localStorage.setItem(name, text), [key, stored]);
  }
  await page.goto(`file://${carried}`);
  return page;
}

const press = async (page, ...keys) => {
  for (const one of keys) await page.keyboard.press(one);
};

/** Counts a row of hands by keyboard: the numbers, each ended by Enter, which at last goes to the next part. */
async function count(page, ...hands) {
  for (const number of hands) {
    await page.keyboard.type(String(number));
    await press(page, "Enter");
  }
}

/** Name, day and people present, by keyboard. */
async function begin(page, present = 30) {
  await page.getByLabel("Mötets namn").focus();
  await page.keyboard.type("Regionala samverkansrådet");
  await page.getByLabel("Datum").fill("2026-11-20");
  await page.getByLabel("Antal närvarande").focus();
  await page.keyboard.type(String(present));
  await press(page, "Enter");
}

const rows = [
  ["Kompetens", [18, 8, 4]],
  ["Klimat och miljö", [9, 12, 9]],
  ["Vägar", [2, 10, 18]],
  ["Tåg", [30, 0, 0]],
];

/** Everything counted in the first round, and some of it again in the second. */
async function hold(page) {
  await begin(page);
  for (const [, hands] of rows) await count(page, ...hands);
  await press(page, "PageUp");
  await page.getByLabel("Efter samtalet").check();
  await page.locator(".screen:not([hidden]) .hands input").first().focus();
  await count(page, 25, 5, 0);
}

test("room: by keyboard, from hands to protocol to results with the same numbers", async () => {
  const page = await open();
  await hold(page);
  assert.equal(await page.locator("h2:visible").innerText(), "För varje ▲ ett ▼");
  // Two get more, one gets less: one more is pointed out.
  assert.match(await page.locator(".trade-balance").innerText(), /2 ska få mer, 1 ska få mindre\. Peka ut 1 till/);
  await page.locator(".trade-list input:enabled").first().focus();
  await press(page, "Space");
  assert.match(await page.locator(".trade-balance").innerText(), /2 ska få mer, 2 ska få mindre\. Varje ▲ har ett ▼/);
  await press(page, "PageDown");
  await page.getByLabel("Varför?").fill("Fler ska kunna arbeta.");
  await page.getByRole("button", { name: "Nästa" }).press("Enter");
  const sheet = await page
    .locator(".sheet-counts tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 7).map((cell) => cell.textContent)));
  assert.deepEqual(sheet, [
    ["Tåg", "25", "5", "0", "+25", "+30", "samstämmiga"],
    ["Kompetens", "18", "8", "4", "+14", "+14", "blandade"],
    ["Klimat och miljö", "9", "12", "9", "0", "0", "delade"],
    ["Vägar", "2", "10", "18", "−16", "−16", "blandade"],
  ]);
  const button = page.getByRole("button", { name: "Spara protokollet som fil" });
  const [download] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]);
  assert.equal(download.suggestedFilename(), "protokoll-radet-2026-11-20.json");
  const protocol = join(scratch, "protokoll.json");
  copyFileSync(await download.path(), protocol);
  assert.deepEqual(page.trouble, []);
  await page.context().close();

  const answers = join(scratch, "svar");
  const importIt = () => run(site, ["import", "survey", "radet", protocol, "--answers", answers, "--today", "2026-11-24"]);
  importIt();
  const journal = readFileSync(join(answers, "radet/responses.jsonl"), "utf8");
  assert.equal(journal.trim().split("\n").length, 1);
  importIt();
  assert.equal(readFileSync(join(answers, "radet/responses.jsonl"), "utf8"), journal, "again changes nothing");

  const output = join(scratch, "resultat");
  run(site, ["build", "--answers", answers, "--today", "2026-12-20", "--output", output]);
  const reader = await context();
  const results = await reader.newPage();
  await results.goto(`file://${output}/samrad/radet/resultat.html`);
  const cells = (selector) =>
    results.locator(selector).evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  const shown = await cells("[id^=bild-riktning] .data tbody tr");
  // Item, up, same, down, no hand, hands, net, agreement; thirty are enough for shares.
  const numbers = shown.map((row) => [row[0], ...row.slice(1, 4).map((text) => text.split(" ")[0]), row[6], row[7]]);
  assert.deepEqual(
    numbers,
    sheet.map(([name, up, same, down, net, , words]) => [name, up, same, down, net, words]),
    "the same numbers in the same order",
  );
  assert.ok(await results.locator("[id^=bild-riktning] svg").first().isVisible(), "with a picture");
  const moved = await cells("table:has(caption:text('Före och efter samtalet')) tbody tr");
  assert.deepEqual(moved.at(-1), ["Tåg", "+30", "+25", "−5"]);
  await reader.close();
});

test("room: more hands than people are told, and keep the protocol from being saved", async () => {
  const page = await open();
  await begin(page, 14);
  await count(page, 12, 4, 0);
  await press(page, "PageUp");
  assert.match(await page.locator(".screen:not([hidden]) .hands-check").innerText(), /16 händer men 14 närvarande/);
  for (let part = 0; part < 6; part += 1) await page.getByRole("button", { name: "Nästa" }).press("Enter");
  await page.getByRole("button", { name: "Spara protokollet" }).press("Enter");
  const wrong = page.locator(".errors a");
  assert.match(await wrong.innerText(), /Kompetens, Före samtalet: Fel: 16 händer/);
  await wrong.press("Enter");
  assert.equal(await page.locator("h2:visible").innerText(), "Kompetens");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.answer), "up");
  await page.context().close();
});

test("room: what is counted survives a reload, and is gone when it is cleared", async () => {
  const page = await open();
  await begin(page);
  await count(page, 18, 8, 4);
  await page.reload();
  assert.equal(await page.locator("h2:visible").innerText(), "Klimat och miljö");
  await press(page, "PageUp");
  assert.equal(await page.locator(".screen:not([hidden]) .balance-net").innerText(), "Netto +14");
  await press(page, "PageUp");
  await page.getByRole("button", { name: "Börja om" }).press("Enter");
  await page.getByRole("button", { name: "Töm allt" }).press("Enter");
  assert.equal(await page.evaluate((name) => localStorage.getItem(name)?.includes("18"), key), false);
  assert.equal(await page.getByLabel("Mötets namn").inputValue(), "");
  await page.context().close();
});

const odd = ["", "null", "[]", "7", '"x"', "{", '{"counts":null,"round":"x","screen":1e9,"notes":[],"yields":3,"name":{},"date":"nej"}',
  '{"counts":{"before":{"riktning.kompetens":{"up":-1,"same":1.5,"down":"3"},"riktning.klimat":null,"__proto__":{"up":1}}},"present":"många"}'];
test("room: odd things in the store never stop the page", async () => {
  for (const stored of odd) {
    const page = await open({}, stored);
    await begin(page);
    await count(page, 1, 2, 3);
    await press(page, "PageUp");
    assert.equal(await page.locator(".screen:not([hidden]) .balance-net").innerText(), "Netto −2", stored);
    assert.deepEqual(page.trouble, [], stored);
    await page.context().close();
  }
});

for (const [name, mode] of Object.entries({ light: {}, dark: { scheme: "dark" }, phone: { width: 390, height: 844 } })) {
  test(`room: every part in axe, and no wider than the window, ${name}`, async () => {
    const page = await open(mode);
    await hold(page);
    await page.evaluate(axe);
    const found = [];
    for (let part = 0; part < 8; part += 1) await press(page, "PageUp");
    for (let part = 0; part < 8; part += 1) {
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], preload: false }),
      );
      found.push(...violations.map(({ id, nodes }) => `part ${part}: ${id}: ${nodes[0].target.join(" ")}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.push(`part ${part} is wide`);
      await page.getByRole("button", { name: "Nästa" }).press("Enter").catch(() => {});
    }
    assert.deepEqual(found, []);
    await page.context().close();
  });
}

test("room: without the script all areas stand with empty boxes", async () => {
  const page = await open({ scripts: false });
  for (const [name] of rows) assert.ok(await page.getByRole("heading", { name, exact: true }).isVisible(), name);
  assert.equal(await page.locator(".hands input:visible").count(), 12);
  assert.ok(!(await page.getByRole("heading", { name: "Det här sa mötet" }).isVisible()));
  await page.context().close();
});

test("room: on paper what the meeting said is one A4", async () => {
  const page = await open();
  await hold(page);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
  await page.context().close();
});
