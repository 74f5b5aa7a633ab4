// The form of a questionnaire in a real browser, against a real endpoint: by keyboard alone, without a script, in steps.
// Proves that each kind of question arrives as the format has it, that nothing typed is lost, that nothing is stored
// without being asked for, and that what is sent goes to the endpoint and nowhere else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { home, manner, opened, received, sent, target } from "./answering.mjs";

const form = "samrad/allt/fragor.html";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const next = (page) => button(page, "Nästa").click();

/** Fills in what must be, and goes to the page where answers are checked. */
async function filled(page) {
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

/** Presses Tab until the focus is on the field, as those do who have no pointer. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${selector}`);
}

test("answering: without a script, the plain form is posted whole", async () => {
  const page = await opened(form, { scripts: false });
  await page.getByRole("button", { name: "Skicka svaret" }).click();
  assert.equal(received.length, 0, "required fields hold it back");
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
    consultation: "allt", version: "2", language: "sv", channel: "form", webbplats: "", styrkor: "Närhet", roll: "other",
    "roll.other": "Förening", antal: "12.5", speglar: "no-opinion", "pastaenden.r1": "2", "riktning.kompetens": "up",
    "riktning.vagar": "down", "ordning.a": "1", "ordning.b": "", "ordning.c": "1", "poang.a": "60", "poang.b": "40",
    "respondent.body": "", "respondent.other": "Byalaget", naming: "type",
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(sent(name), [value], name);
  assert.deepEqual(sent("utmaningar"), ["a", "c"]);
  assert.equal(await page.locator("h1").textContent(), "Tack: Alla sorters frågor");
  await page.context().close();
});

test("answering: every kind by keyboard alone, step by step, to the receipt", async () => {
  const page = await opened(form);
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
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Flytta upp Björk", "the focus stays");
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
    styrkor: "Närhet", roll: "kommun", utmaningar: "b", "utmaningar.other": "Vägar", antal: "7", speglar: "2", "pastaenden.r1": "1",
    "riktning.kompetens": "up", "riktning.vagar": "no-opinion", "ordning.a": "", "ordning.b": "1", "ordning.d": "2", "poang.a": "70",
    "poang.b": "30", "respondent.body": "1861", naming: "named", webbplats: "",
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(sent(name), [value], name);
  assert.match(sent("response")[0], /^[0-9a-f-]{36}$/);
  assert.match(sent("submitted")[0], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  assert.ok(Number(sent("started")[0]) > 0);
  assert.ok((await page.locator("main").textContent()).includes(sent("response")[0]), "the receipt has the number");
  assert.deepEqual(page.said, []);
  const hosts = new Set(page.asked.map((url) => new URL(url).origin));
  assert.deepEqual([...hosts].sort(), [home, target].sort());
  await page.context().close();
});

test("answering: what is wrong is told together and beside each field, in the same words", async () => {
  const page = await opened(form);
  await next(page);
  assert.match(await page.title(), /^Fel: /);
  const summary = page.locator(".errors").filter({ hasText: "Det finns 2 fel" });
  assert.ok(await summary.evaluate((it) => it === document.activeElement));
  const told = await summary.getByRole("link").allTextContents();
  const beside = await page.locator(".error").evaluateAll((all) => all.map((it) => it.lastChild.textContent));
  assert.deepEqual(told, beside);
  assert.deepEqual(told, ["Vilka är styrkorna: Skriv ett svar.", "Vem är ni: Välj ett svar."]);
  const field = page.getByLabel("Vilka är styrkorna?");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const described = (await field.getAttribute("aria-describedby")).split(" ");
  assert.ok(await page.evaluate((ids) => ids.every((id) => document.getElementById(id)), described));
  assert.equal(described.length, 2, "the error and the help");
  await summary.getByRole("link", { name: "Vem är ni" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "q.roll.kommun");
  await field.fill("x".repeat(43));
  await page.getByLabel("Kommun", { exact: true }).check();
  for (const value of ["a", "b", "c"]) await page.locator(`[name=utmaningar][value=${value}]`).check();
  await page.locator("[name=antal]").fill("900");
  await next(page);
  assert.deepEqual(await page.locator(".errors:visible li").allTextContents(), [
    "Vilka är styrkorna: Texten är 3 tecken för lång.",
    "Vilka är utmaningarna: Välj högst 2. Nu är 3 valda.",
    "Hur många är ni: Skriv ett tal mellan 0 och 500.",
  ]);
  assert.equal(await page.locator("[aria-invalid]").count(), 3);
  await field.fill("Kort");
  await page.locator("[name=utmaningar][value=a]").uncheck();
  await page.locator("[name=antal]").fill("");
  await next(page);
  assert.equal(await page.locator(".errors:visible, [aria-invalid]").count(), 0);
  assert.doesNotMatch(await page.title(), /^Fel: /);
  await page.context().close();
});

test("answering: answers are checked before they are sent, and each can be changed", async () => {
  const page = await opened(form);
  await filled(page);
  const answers = await page.locator(".answers > div:visible").allTextContents();
  assert.ok(answers.some((line) => line.includes("Åsikt & <b>ord</b>")), "what was written, as text");
  assert.ok(answers.some((line) => line.includes("Kompetens: Prioritera mer")));
  await page.getByRole("link", { name: "Ändra svaret på: Speglar behoven" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "speglar");
  await page.getByText("Steg 2 av 5").waitFor();
  await button(page, "Tillbaka").click();
  await page.getByText("Steg 1 av 5").waitFor();
  await page.context().close();
});

test("answering: items may share a rank or have none, by the lists and by the buttons", async () => {
  const page = await opened("samrad/fil/fragor.html");
  const ranks = () => page.locator(".kind-ranking select").evaluateAll((all) => Object.fromEntries(all.map((it) => [it.name.slice(-1), it.value])));
  await page.getByLabel("Ask", { exact: true }).selectOption("1");
  await page.getByLabel("Björk", { exact: true }).selectOption("1");
  await button(page, "Kontrollera svaren").click();
  assert.match(await page.locator(".answers").textContent(), /Ask: plats 1Björk: plats 1/);
  await button(page, "Tillbaka").click();
  await page.getByRole("button", { name: "Flytta ned Ask" }).click();
  assert.deepEqual(await ranks(), { a: "2", b: "1" });
  await page.getByRole("button", { name: "Flytta ned Ask" }).click();
  assert.deepEqual(await ranks(), { a: "", b: "1" });
  await page.getByRole("button", { name: "Flytta upp Ask" }).click();
  await page.getByRole("button", { name: "Flytta upp Ask" }).click();
  assert.deepEqual(await ranks(), { a: "1", b: "2" });
  await page.context().close();
});

test("answering: reload, back and a failing network lose nothing", async () => {
  const page = await opened(form);
  await page.getByLabel("Vilka är styrkorna?").fill("Kvar");
  await page.getByLabel("Företag").check();
  await next(page);
  await page.locator("[name=speglar][value='3']").check();
  const kept = async (why) => {
    assert.equal(await page.locator("[name=styrkor]").inputValue(), "Kvar", why);
    assert.ok(await page.locator("[name=roll][value=foretag]").isChecked(), why);
    assert.ok(await page.locator("[name=speglar][value='3']").isChecked(), why);
    await page.getByText("Steg 2 av 5").waitFor();
  };
  await page.reload();
  await kept("after reload");
  await page.goto(`${home}/index.html`);
  await page.goBack();
  await kept("after back");
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=up]").check();
  await next(page);
  await next(page);
  await page.getByLabel("Vem svarar ni för?").selectOption("1814");
  await page.getByLabel("Med namn").check();
  await button(page, "Kontrollera svaren").click();
  const before = received.length;
  for (const status of ["drop", 500]) {
    manner.status = status;
    await button(page, "Skicka svaret").click();
    await page.getByRole("heading", { name: "Svaret kunde inte skickas" }).waitFor();
    assert.equal(await page.locator("[name=styrkor]").inputValue(), "Kvar");
  }
  assert.match(await page.locator(".errors:visible").textContent(), /felkod 500/);
  manner.status = 200;
  await button(page, "Försök igen").click();
  await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  assert.equal(received.length, before + 1);
  assert.equal(await page.evaluate(() => JSON.stringify(history.state)), "null", "what was sent is not remembered");
  await page.context().close();
});

test("answering: a draft is kept on the device only when asked for, never a code, never after sending", async () => {
  const page = await opened(form);
  const stored = () => page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie);
  await page.getByLabel("Vilka är styrkorna?").fill("Utkast");
  await page.getByLabel("Kommun", { exact: true }).check();
  await page.waitForTimeout(500);
  assert.equal(await stored(), "{}{}", "nothing without being asked");
  await page.getByLabel("Spara på den här enheten").check();
  assert.match(await stored(), /utsikt-svar:allt:2.*Utkast/);
  const other = await page.context().newPage();
  await other.goto(`${home}/${form}`);
  assert.equal(await other.locator("[name=styrkor]").inputValue(), "Utkast");
  assert.match(await other.locator(".keeping").textContent(), /Utkastet från .* är hämtat/);
  await other.close();
  await button(page, "Ta bort utkastet").click();
  assert.equal(await stored(), "{}{}");
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Utkast", "what is on the page stays");
  await page.getByLabel("Spara på den här enheten").check();
  await filled(page);
  await page.waitForTimeout(500);
  assert.match(await stored(), /1880/);
  assert.doesNotMatch(await stored(), /hemlig/);
  await button(page, "Skicka svaret").click();
  await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await stored(), "{}{}", "never after sending");
  await page.context().close();
});

test("answering: an old draft goes by itself", async () => {
  const page = await opened(form, { now: "2026-11-23T12:00:00+01:00" });
  await page.getByLabel("Vilka är styrkorna?").fill("Utkast");
  await page.getByLabel("Spara på den här enheten").check();
  await page.clock.setSystemTime(new Date("2026-12-31T12:00:00+01:00"));
  await page.goto(`${home}/samrad/fil/fragor.html`);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.context().close();
});

const save = async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Spara svaret som fil").click()]);
  return { name: download.suggestedFilename(), path: await download.path() };
};
const choose = (page, said, name = "svar.json") =>
  page.getByLabel("Öppna sparad fil").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(typeof said === "string" ? said : JSON.stringify(said)) });

test("answering: a saved file has the format, and opens again as it was", async () => {
  const page = await opened(form);
  await filled(page);
  const { name, path } = await save(page);
  assert.equal(name, "svar-allt-1880.json");
  const said = JSON.parse(readFileSync(path, "utf8"));
  assert.match(said.response, /^[0-9a-f-]{36}$/);
  assert.deepEqual({ ...said, response: "", submitted: "" }, {
    format: "utsikt-response/1", consultation: "allt", version: "2", response: "", language: "sv", channel: "file", submitted: "",
    respondent: { body: "1880", code: "hemlig" }, naming: "named",
    answers: {
      styrkor: { text: "Åsikt & <b>ord</b>" }, roll: { option: "kommun" }, speglar: { option: "4" },
      riktning: { rows: { kompetens: "up", vagar: "no-opinion" } },
    },
  });
  const letter = await page.getByRole("link", { name: "Skriv brevet" }).getAttribute("href");
  assert.equal(decodeURIComponent(letter), "mailto:svar@example.se?subject=Svar: Alla sorters frågor RS 2026/123");

  const answers = {
    styrkor: { text: "Rad 1\nRad 2" }, roll: { other: "Förening" }, utmaningar: { options: ["a", "b"], other: "Vägar" }, antal: { number: 12.5 },
    speglar: { no_opinion: true }, pastaenden: { rows: { r1: "4", r2: "no-opinion" } }, riktning: { rows: { kompetens: "down", vagar: "same" } },
    ordning: { ranks: { a: 1, b: 2, c: 2 } }, poang: { points: { a: 60, b: 40 } },
  };
  const decision = { body: "Kommunstyrelsen", date: "2026-12-01", paragraph: "§ 45" };
  const respondent = { body: "1814", name: "Kim", role: "Chef", email: "kim@example.se", phone: "1" };
  const whole = { ...said, answers, decision, respondent };
  // Another tab has nothing of the first.
  const other = await opened(form);
  await choose(other, whole);
  await other.getByText("Filen svar.json är öppnad.").waitFor();
  await other.locator("[name=utmaningar][value=b]").uncheck();
  for (let step = 0; step < 3; step += 1) await next(other);
  await button(other, "Kontrollera svaren").click();
  const again = JSON.parse(readFileSync((await save(other)).path, "utf8"));
  answers.utmaningar.options = ["a"];
  assert.deepEqual({ ...again, submitted: "" }, { ...whole, submitted: "" });
  await other.context().close();
  await page.context().close();
});

test("answering: a file of an older version gives what fits and says what does not; others are refused", async () => {
  const page = await opened(form);
  const old = {
    format: "utsikt-response/1", consultation: "allt", version: "1", response: "<img src=x onerror=alert(1)>",
    respondent: { body: "9999" },
    answers: { motsvarar: { option: "4" }, utmaningar: { options: ["gamla-a", "borta"] }, bort: { text: "<script>alert(1)</script>" }, styrkor: { text: "Ja" } },
  };
  await choose(page, old);
  await page.getByText("Filen hör till version 1").waitFor();
  assert.ok(await page.locator("[name=speglar][value='4']").isChecked(), "a question that was called something else");
  assert.ok(await page.locator("[name=utmaningar][value=a]").isChecked(), "an option that was called something else");
  assert.deepEqual(await page.locator(".answering-notice li").allTextContents(), [
    "body: 9999",
    "Vilka är utmaningarna?: borta",
    'bort: {"text":"<script>alert(1)</script>"}',
  ]);
  assert.match(await page.locator("[name=response]").inputValue(), /^[0-9a-f-]{36}$/, "an id that is none is not taken");
  await choose(page, { ...old, consultation: "fil" });
  await page.getByText("hör till andra frågor (fil)").waitFor();
  await choose(page, "{");
  await page.getByText("är inte ett svar som har sparats här").waitFor();
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Ja");
  assert.deepEqual(page.said, []);
  await page.context().close();
});

test("answering: when the last day passes nothing can be sent and nothing is lost", async () => {
  const page = await opened(form, { now: "2026-12-15T22:58:00Z" });
  await page.getByLabel("Vilka är styrkorna?").fill("Sent ute");
  assert.equal(await page.locator(".errors:visible").count(), 0, "the last day belongs to it, by Stockholm's clock");
  await page.clock.fastForward("05:00");
  await page.getByRole("heading", { name: "Svarstiden har gått ut" }).waitFor();
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Sent ute");
  await button(page, "Spara som fil").first().isEnabled();
  await page.reload();
  assert.match(await page.locator(".standing").innerText(), /Svarstiden gick ut .*15.december 2026/, "a page read late says so");
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Sent ute");
  await page.context().close();
});

test("answering: without a receiver nothing is ever posted", async () => {
  const plain = await opened("samrad/fil/fragor.html", { scripts: false });
  assert.equal(await plain.getByRole("button").count(), 0);
  assert.match(await plain.locator("noscript").innerText(), /Skriv ut sidan/);
  await plain.context().close();
  const page = await opened("samrad/fil/fragor.html");
  await button(page, "Kontrollera svaren").click();
  assert.equal(await page.getByRole("button", { name: "Skicka svaret" }).count(), 0);
  const { name } = await save(page);
  assert.match(name, /^svar-fil-[0-9a-f]{8}\.json$/);
  assert.match(await page.locator(".answering-notice").innerText(), /Filen stannar hos dig/);
  await page.context().close();
});

test("answering: a link to a question leads to its step", async () => {
  const page = await opened(`${form}#fraga-poang`);
  await page.getByText("Steg 3 av 5").waitFor();
  assert.ok(await page.locator("#fraga-poang").isVisible());
  await page.context().close();
});

test("answering: questions that are closed can be read and not answered", async () => {
  const page = await opened("samrad/stangd/fragor.html");
  assert.equal(await page.locator("main :is(input, textarea, select, button)").count(), 0);
  assert.match(await page.locator("main").innerText(), /Svarstiden gick ut .*17.mars 2026[^]*Varför\?[^]*Sämre[^]*Vet ej/);
  await page.context().close();
});
