// What becomes of answers that are not sent yet: reload, back, a failing network, drafts and files.
// Proves that nothing typed is lost, that nothing is stored without being asked for, and that a saved file opens again as
// it was, or says what does not fit.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { button, endpointReply, fillIn, form, next, openPage, save, siteOrigin, submissions } from "./answering.mjs";

/** Opens a file that holds this text in the form. */
const open = (page, text) =>
  page
    .getByLabel("Öppna sparad fil")
    .setInputFiles({ name: "svar.json", mimeType: "application/json", buffer: Buffer.from(text) });

test("answering: reload, back and a failing network lose nothing", async () => {
  const page = await openPage(form);
  await page.getByLabel("Vilka är styrkorna?").fill("Kvar");
  await page.getByLabel("Företag").check();
  await next(page);
  await page.locator("[name=speglar][value='3']").check();
  const assertKept = async (why) => {
    assert.equal(await page.locator("[name=styrkor]").inputValue(), "Kvar", why);
    assert.ok(await page.locator("[name=roll][value=foretag]").isChecked(), why);
    assert.ok(await page.locator("[name=speglar][value='3']").isChecked(), why);
    await page.getByText("Steg 2 av 5").waitFor();
  };
  await page.reload();
  await assertKept("after reload");
  await page.goto(`${siteOrigin}/index.html`);
  await page.goBack();
  await assertKept("after back");
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=up]").check();
  await next(page);
  await next(page);
  await page.getByLabel("Vem svarar ni för?").selectOption("1814");
  await page.getByLabel("Med namn").check();
  await button(page, "Kontrollera svaren").click();
  const before = submissions.length;
  for (const status of ["drop", 500]) {
    endpointReply.status = status;
    await button(page, "Skicka svaret").click();
    await page.getByRole("heading", { name: "Svaret kunde inte skickas" }).waitFor();
    assert.equal(await page.locator("[name=styrkor]").inputValue(), "Kvar");
  }
  assert.match(await page.locator(".errors:visible").textContent(), /felkod 500/);
  endpointReply.status = 200;
  await button(page, "Försök igen").click();
  await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  assert.equal(submissions.length, before + 1);
  assert.equal(await page.evaluate(() => JSON.stringify(history.state)), "null", "what was sent is not remembered");
  await page.context().close();
});

test("answering: a draft is kept on the device only when asked for, never a code, never after sending", async () => {
  const page = await openPage(form);
  const stored = () =>
    page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie);
  await page.getByLabel("Vilka är styrkorna?").fill("Utkast");
  await page.getByLabel("Kommun", { exact: true }).check();
  await page.waitForTimeout(500);
  assert.equal(await stored(), "{}{}", "nothing without being asked");
  await page.getByLabel("Spara på den här enheten").check();
  assert.match(await stored(), /utsikt-svar:allt:2.*Utkast/);
  const other = await page.context().newPage();
  await other.goto(`${siteOrigin}/${form}`);
  assert.equal(await other.locator("[name=styrkor]").inputValue(), "Utkast");
  assert.match(await other.locator(".keeping").textContent(), /Utkastet från .* är hämtat/);
  await other.close();
  await button(page, "Ta bort utkastet").click();
  assert.equal(await stored(), "{}{}");
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Utkast", "what is on the page stays");
  await page.getByLabel("Spara på den här enheten").check();
  await fillIn(page);
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
  const page = await openPage(form, { now: "2026-11-23T12:00:00+01:00" });
  await page.getByLabel("Vilka är styrkorna?").fill("Utkast");
  await page.getByLabel("Spara på den här enheten").check();
  await page.clock.setSystemTime(new Date("2026-12-31T12:00:00+01:00"));
  await page.goto(`${siteOrigin}/samrad/fil/fragor.html`);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.context().close();
});

test("answering: a saved file has the format, and opens again as it was", async () => {
  const page = await openPage(form);
  await fillIn(page);
  const { name, path } = await save(page);
  assert.equal(name, "svar-allt-1880.json");
  const answer = JSON.parse(readFileSync(path, "utf8"));
  assert.match(answer.response, /^[0-9a-f-]{36}$/);
  assert.deepEqual(
    { ...answer, response: "", submitted: "" },
    {
      format: "utsikt-response/1",
      consultation: "allt",
      version: "2",
      response: "",
      language: "sv",
      channel: "file",
      submitted: "",
      respondent: { body: "1880", code: "hemlig" },
      naming: "named",
      answers: {
        styrkor: { text: "Åsikt & <b>ord</b>" },
        roll: { option: "kommun" },
        speglar: { option: "4" },
        riktning: { rows: { kompetens: "up", vagar: "no-opinion" } },
      },
    },
  );
  const letter = await page.getByRole("link", { name: "Skriv brevet" }).getAttribute("href");
  assert.equal(decodeURIComponent(letter), "mailto:svar@example.se?subject=Svar: Alla sorters frågor RS 2026/123");

  const answers = {
    styrkor: { text: "Rad 1\nRad 2" },
    roll: { other: "Förening" },
    utmaningar: { options: ["a", "b"], other: "Vägar" },
    antal: { number: 12.5 },
    speglar: { no_opinion: true },
    pastaenden: { rows: { r1: "4", r2: "no-opinion" } },
    riktning: { rows: { kompetens: "down", vagar: "same" } },
    ordning: { ranks: { a: 1, b: 2, c: 2 } },
    poang: { points: { a: 60, b: 40 } },
  };
  const decision = { body: "Kommunstyrelsen", date: "2026-12-01", paragraph: "§ 45" };
  const respondent = { body: "1814", name: "Kim", role: "Chef", email: "kim@example.se", phone: "1" };
  const whole = { ...answer, answers, decision, respondent };
  // Another tab has nothing of the first.
  const other = await openPage(form);
  await open(other, JSON.stringify(whole));
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
  const page = await openPage(form);
  const old = {
    format: "utsikt-response/1",
    consultation: "allt",
    version: "1",
    response: "<img src=x onerror=alert(1)>",
    respondent: { body: "9999" },
    answers: {
      motsvarar: { option: "4" },
      utmaningar: { options: ["gamla-a", "borta"] },
      bort: { text: "<script>alert(1)</script>" },
      styrkor: { text: "Ja" },
    },
  };
  await open(page, JSON.stringify(old));
  await page.getByText("Filen hör till version 1").waitFor();
  assert.ok(await page.locator("[name=speglar][value='4']").isChecked(), "a question that was called something else");
  assert.ok(await page.locator("[name=utmaningar][value=a]").isChecked(), "an option that was called something else");
  assert.deepEqual(await page.locator(".answering-notice li").allTextContents(), [
    "body: 9999",
    "Vilka är utmaningarna?: borta",
    'bort: {"text":"<script>alert(1)</script>"}',
  ]);
  assert.match(
    await page.locator("[name=response]").inputValue(),
    /^[0-9a-f-]{36}$/,
    "an id that is none is not taken",
  );
  await open(page, JSON.stringify({ ...old, consultation: "fil" }));
  await page.getByText("hör till andra frågor (fil)").waitFor();
  await open(page, "{");
  await page.getByText("är inte ett svar som har sparats här").waitFor();
  assert.equal(await page.locator("[name=styrkor]").inputValue(), "Ja");
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
