// The form of a questionnaire in a real browser, against a real endpoint: by keyboard alone, without a script, after the last
// day, without a receiver.
// Proves that each kind of question arrives as the format has it, that what is sent goes to the endpoint and nowhere else,
// and that nothing can be sent when it should not be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, endpointOrigin, form, openPage, save, siteOrigin, submissions, submitted } from "./answering.mjs";

/** Presses Tab until the focus is on the field, as those do who have no pointer. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await page.evaluate((target) => document.activeElement.matches(target), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${selector}`);
}

test("answering: without a script, the plain form is posted whole", async () => {
  const page = await openPage(form, { scripts: false });
  await page.getByRole("button", { name: "Skicka svaret" }).click();
  assert.equal(submissions.length, 0, "required fields hold it back");
  await page.getByLabel("Vilka är styrkorna?").fill("Närhet");
  await page.locator("[name=roll][value=other]").check();
  await page.locator("[name='roll.other']").fill("Förening");
  await page.locator("[name=utmaningar][value=a]").check();
  await page.locator("[name=utmaningar][value=c]").check();
  await page.locator("[name=antal]").fill("12.5");
  await page.locator("[name=speglar][value=no-opinion]").check();
  await page.locator("[name='pastaenden.r1'][value='2']").check();
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=down]").check();
  await page.locator("[name='ordning.a']").selectOption("1");
  await page.locator("[name='ordning.c']").selectOption("1");
  await page.locator("[name='poang.a']").fill("60");
  await page.locator("[name='poang.b']").fill("40");
  await page.locator("[name='respondent.other']").fill("Byalaget");
  await page.locator("[name=naming][value=type]").check();
  await page.getByRole("button", { name: "Skicka svaret" }).click();
  await page.waitForURL("**/tack.html");
  const expected = {
    consultation: "allt",
    version: "2",
    language: "sv",
    channel: "form",
    webbplats: "",
    styrkor: "Närhet",
    roll: "other",
    "roll.other": "Förening",
    antal: "12.5",
    speglar: "no-opinion",
    "pastaenden.r1": "2",
    "riktning.kompetens": "up",
    "riktning.vagar": "down",
    "ordning.a": "1",
    "ordning.b": "",
    "ordning.c": "1",
    "poang.a": "60",
    "poang.b": "40",
    "respondent.body": "",
    "respondent.other": "Byalaget",
    naming: "type",
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(submitted(name), [value], name);
  assert.deepEqual(submitted("utmaningar"), ["a", "c"]);
  assert.equal(await page.locator("h1").textContent(), "Tack: Alla sorters frågor");
  await page.context().close();
});

test("answering: every kind by keyboard alone, step by step, to the receipt", async () => {
  const page = await openPage(form);
  const { keyboard } = page;
  await tabTo(page, "[name=styrkor]");
  await keyboard.type("Närhet");
  await tabTo(page, "[name=roll]");
  await keyboard.press("Space");
  await tabTo(page, "[name=utmaningar][value=b]");
  await keyboard.press("Space");
  await tabTo(page, "[name='utmaningar.other']");
  await keyboard.type("Vägar");
  await tabTo(page, "[name=antal]");
  await keyboard.type("7");
  await keyboard.press("Enter");
  await page.getByText("Steg 2 av 5").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Grader", "the focus goes along");
  await tabTo(page, "[name=speglar]");
  await keyboard.press("Space");
  await keyboard.press("ArrowRight");
  await tabTo(page, "[name='pastaenden.r1']");
  await keyboard.press("Space");
  await tabTo(page, "[name='riktning.kompetens']");
  await keyboard.press("Space");
  await tabTo(page, "[name='riktning.vagar']");
  await keyboard.press("Space");
  await keyboard.press("ArrowUp");
  await keyboard.press("Enter");
  await page.getByText("Steg 3 av 5").waitFor();
  await tabTo(page, "[aria-label='Flytta upp Druva']");
  await keyboard.press("Enter");
  await tabTo(page, "[aria-label='Flytta upp Björk']");
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  assert.equal(
    await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
    "Flytta upp Björk",
    "the focus stays",
  );
  assert.equal(await page.locator(".kind-ranking [role=status]").textContent(), "Björk, plats 1 av 3");
  await tabTo(page, "[name='poang.a']");
  await keyboard.type("70");
  await keyboard.press("Tab");
  await keyboard.type("30");
  assert.equal(await page.locator(".kind-points [role=status]").textContent(), "Fördelat: 100 av 100.");
  await keyboard.press("Enter");
  await page.getByText("Steg 4 av 5").waitFor();
  await tabTo(page, "[name='respondent.body']");
  await keyboard.type("Hallsberg");
  await tabTo(page, "[name=naming]");
  await keyboard.press("Space");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Kontrollera svaren" }).waitFor();
  await tabTo(page, ".actions button");
  await button(page, "Skicka svaret").focus();
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  const expected = {
    styrkor: "Närhet",
    roll: "kommun",
    utmaningar: "b",
    "utmaningar.other": "Vägar",
    antal: "7",
    speglar: "2",
    "pastaenden.r1": "1",
    "riktning.kompetens": "up",
    "riktning.vagar": "no-opinion",
    "ordning.a": "",
    "ordning.b": "1",
    "ordning.d": "2",
    "poang.a": "70",
    "poang.b": "30",
    "respondent.body": "1861",
    naming: "named",
    webbplats: "",
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(submitted(name), [value], name);
  assert.match(submitted("response")[0], /^[0-9a-f-]{36}$/);
  assert.match(submitted("submitted")[0], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  assert.ok(Number(submitted("started")[0]) > 0);
  assert.ok(
    (await page.locator("main").textContent()).includes(submitted("response")[0]),
    "the receipt has the number",
  );
  assert.deepEqual(page.errors, []);
  const hosts = new Set(page.requests.map((url) => new URL(url).origin));
  assert.deepEqual([...hosts].sort(), [siteOrigin, endpointOrigin].sort());
  await page.context().close();
});

test("answering: when the last day passes nothing can be sent and nothing is lost", async () => {
  const page = await openPage(form, { now: "2026-12-15T22:58:00Z" });
  await page.getByLabel("Vilka är styrkorna?").fill("Sent ute");
  assert.equal(await page.locator(".errors:visible").count(), 0, "the last day belongs to it, by Stockholm's clock");
  await page.clock.fastForward("05:00");
  await page.getByRole("heading", { name: "Svarstiden har gått ut" }).waitFor();
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Sent ute");
  await button(page, "Spara utkast som fil").first().isEnabled();
  await page.reload();
  assert.match(
    await page.locator(".standing").innerText(),
    /Svarstiden gick ut .*15.december 2026/,
    "a page read late says so",
  );
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Sent ute");
  await page.context().close();
});

test("answering: without a receiver nothing is ever posted", async () => {
  const plain = await openPage("samrad/fil/fragor.html", { scripts: false });
  assert.equal(await plain.getByRole("button").count(), 0);
  assert.match(await plain.locator("noscript").innerText(), /Skriv ut sidan/);
  await plain.context().close();
  const page = await openPage("samrad/fil/fragor.html");
  await button(page, "Kontrollera svaren").click();
  assert.equal(await page.getByRole("button", { name: "Skicka svaret" }).count(), 0);
  const { name } = await save(page);
  assert.match(name, /^svar-fil-[0-9a-f]{8}\.json$/);
  assert.match(await page.locator(".answering-notice").innerText(), /Filen stannar hos dig/);
  await page.context().close();
});

test("answering: questions that are closed can be read and not answered", async () => {
  const page = await openPage("samrad/stangd/fragor.html");
  assert.equal(await page.locator("main :is(input, textarea, select, button)").count(), 0);
  assert.match(
    await page.locator("main").innerText(),
    /Svarstiden gick ut .*17.mars 2026[^]*Varför\?[^]*Sämre[^]*Vet ej/,
  );
  await page.context().close();
});
