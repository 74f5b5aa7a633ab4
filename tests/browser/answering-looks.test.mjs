// Every state of the form, as it is seen: in axe-core, on a narrow phone, in dark, in forced colours, and on paper.
// Proves that errors, failures, receipts and late pages are as accessible as the page that one comes to first,
// that nothing is wider than 320 px, and that paper has lines to write on or the answers in full.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { button, endpointReply, form, next, openPage } from "./answering.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** From the first step on: each is a state that the one before leads to. */
const states = {
  start: async () => {},
  errors: next,
  "second step": async (page) => {
    await page.getByLabel("Vilka är styrkorna?").fill("Närhet");
    await page.getByLabel("Kommun", { exact: true }).check();
    await next(page);
  },
  "errors in rows": next,
  ranking: async (page) => {
    await page.locator("[name=speglar][value='4']").check();
    await page.locator("[name='riktning.kompetens'][value=up]").check();
    await page.locator("[name='riktning.vagar'][value=up]").check();
    await next(page);
    await page.getByRole("button", { name: "Flytta upp Cypress" }).click();
    await page.locator("[name='poang.a']").fill("30");
  },
  "a wrong sum": next,
  "who answers": async (page) => {
    await page.locator("[name='poang.b']").fill("70");
    await next(page);
  },
  "who is missing": (page) => button(page, "Kontrollera svaren").click(),
  "a wrong address": async (page) => {
    await page.getByLabel("Vem svarar ni för?").selectOption("1880");
    await page.getByLabel("Med namn").check();
    await page.locator("[name='respondent.email']").fill("inte en adress");
    await button(page, "Kontrollera svaren").click();
  },
  check: async (page) => {
    await page.locator("[name='respondent.email']").fill("");
    await button(page, "Kontrollera svaren").click();
  },
  "a saved file and a draft": async (page) => {
    await page.getByLabel("Spara på den här enheten").check();
    await button(page, "Spara svaret som fil").click();
  },
  failure: async (page) => {
    endpointReply.status = 503;
    await button(page, "Skicka svaret").click();
    await page.getByRole("heading", { name: "Svaret kunde inte skickas" }).waitFor();
    endpointReply.status = 200;
  },
  receipt: async (page) => {
    await button(page, "Försök igen").click();
    await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  },
};

/** What axe finds, and what is wider than the window. */
async function faultsOf(page) {
  await page.evaluate(() =>
    document.querySelectorAll("details").forEach((drawer) => {
      drawer.open = true;
    }),
  );
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false }),
    levels,
  );
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary.split("\n")[1] ?? ""}`),
  );
  const [wide, narrow] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  return wide > narrow ? [...faults, `${wide} px wide`] : faults;
}

const modes = {
  "light 1280": {},
  "phone 320": { width: 320 },
  "dark 390": { width: 390, scheme: "dark" },
  "forced colours": { forced: true },
};
for (const [name, mode] of Object.entries(modes)) {
  test(`answering looks: every state in axe, ${name}`, async () => {
    const page = await openPage(form, mode);
    const findings = [];
    for (const [state, reach] of Object.entries(states)) {
      await reach(page);
      findings.push(...(await faultsOf(page)).map((fault) => `${state}: ${fault}`));
    }
    await page.context().close();
    for (const path of [
      "samrad/allt/tack.html",
      "samrad/allt/mote.html",
      "samrad/stangd/fragor.html",
      "samrad/fil/fragor.html",
      "en/consultations/allt/questions.html",
    ]) {
      const other = await openPage(path, mode);
      findings.push(...(await faultsOf(other)).map((fault) => `${path}: ${fault}`));
      await other.context().close();
    }
    const late = await openPage(form, { ...mode, now: "2027-01-07T12:00:00Z" });
    await late.getByRole("heading", { name: "Svarstiden har gått ut" }).waitFor();
    await late.clock.resume();
    findings.push(...(await faultsOf(late)).map((fault) => `late: ${fault}`));
    await late.context().close();
    const scriptless = await openPage(form, { ...mode, scripts: false });
    const wide = await scriptless.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) findings.push(`without a script: ${wide} px too wide`);
    await scriptless.context().close();
    assert.deepEqual(findings, []);
  });
}

const countVisible = (page, selector) =>
  page.locator(selector).evaluateAll((all) => all.filter((element) => element.checkVisibility()).length);

for (const scripts of [true, false]) {
  test(`answering looks: an empty form prints with lines, all steps and all evidence (${scripts ? "with" : "without"} script)`, async () => {
    const page = await openPage(form, { width: 800, scripts });
    await page.emulateMedia({ media: "print" });
    if (scripts) await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.equal(
      await countVisible(
        page,
        ".kind-text, .kind-choice, .kind-choices, .kind-number, .kind-scale, .kind-grid, .kind-direction, .kind-ranking, .kind-points",
      ),
      9,
    );
    assert.equal(await countVisible(page, "form button, .answering-box button, .keeping, .menu"), 0);
    const lines = await page
      .locator("textarea")
      .evaluate((area) => [getComputedStyle(area).backgroundImage, area.getBoundingClientRect().height]);
    assert.match(lines[0], /repeating-linear-gradient/);
    assert.ok(lines[1] > 100, "room to write");
    const evidence = page.locator("form .beside-value");
    assert.equal(await countVisible(page, "form .beside-value"), await evidence.count());
    const text = await page.locator("main").innerText();
    for (const words of ["RS 2026/123", "Provregionen", "700 00 Örebro", "svar@example.se", "Frågornas version"])
      assert.ok(text.includes(words), words);
    await page.context().close();
  });
}

test("answering looks: a form that is filled in prints its answers in full", async () => {
  const page = await openPage(form, { width: 800 });
  const long = Array.from({ length: 40 }, (_, at) => `Rad ${at}`).join("\n");
  await page.getByLabel("Vilka är styrkorna?").fill(long);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.locator(".paper-copy").innerText()).includes("Rad 39"));
  assert.equal(await countVisible(page, "form .question, .answering-box *"), 0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  assert.equal(await page.locator("textarea").inputValue(), long);
  assert.equal(await countVisible(page, ".paper-copy"), 0);
  await page.context().close();
});

test("answering looks: the meeting's sheet has cells to count in, and a file with the same", async () => {
  const page = await openPage("samrad/allt/mote.html", { width: 800 });
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.locator(".sheet-table").count()) >= 5);
  assert.equal(await page.locator(".sheet-table td:not(:empty)").count(), 0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.emulateMedia({ media: "screen" }).then(() => page.locator("a[download][href$='.csv']").click()),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  assert.equal(lines[0], "meeting,date,participants,question,item,answer,count");
  assert.ok(
    lines.includes(",,,riktning,kompetens,up,") &&
      lines.includes(",,,ordning,a,first,") &&
      lines.includes(",,,speglar,,4,"),
  );
  await page.context().close();
});
