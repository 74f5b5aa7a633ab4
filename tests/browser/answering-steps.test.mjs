// The steps of the form in a real browser.
// Proves that errors are told together and beside each field, that every answer can be checked and changed before it is
// sent, that items can be ranked in two ways, and that a link leads to its question.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, fillIn, form, next, openPage } from "./answering.mjs";

test("answering: what is wrong is told together and beside each field, in the same words", async () => {
  const page = await openPage(form);
  await next(page);
  assert.match(await page.title(), /^Fel: /);
  const summary = page.locator(".errors").filter({ hasText: "Det finns 2 fel" });
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  const summarised = await summary.getByRole("link").allTextContents();
  const beside = await page.locator(".error").evaluateAll((all) => all.map((error) => error.lastChild.textContent));
  assert.deepEqual(summarised, beside);
  assert.deepEqual(summarised, ["Vilka är styrkorna: Skriv ett svar.", "Vem är ni: Välj ett svar."]);
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
  const page = await openPage(form);
  await fillIn(page);
  const answers = await page.locator(".answers > div:visible").allTextContents();
  assert.ok(
    answers.some((line) => line.includes("Åsikt & <b>ord</b>")),
    "what was written, as text",
  );
  assert.ok(answers.some((line) => line.includes("Kompetens: Prioritera mer")));
  await page.getByRole("link", { name: "Ändra svaret på: Speglar behoven" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "speglar");
  await page.getByText("Steg 2 av 5").waitFor();
  await button(page, "Tillbaka").click();
  await page.getByText("Steg 1 av 5").waitFor();
  await page.context().close();
});

test("answering: items may share a rank or have none, by the lists and by the buttons", async () => {
  const page = await openPage("samrad/fil/fragor.html");
  const ranks = () =>
    page
      .locator(".kind-ranking select")
      .evaluateAll((all) => Object.fromEntries(all.map((select) => [select.name.slice(-1), select.value])));
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

test("answering: a link to a question leads to its step", async () => {
  const page = await openPage(`${form}#fraga-poang`);
  await page.getByText("Steg 3 av 5").waitFor();
  assert.ok(await page.locator("#fraga-poang").isVisible());
  await page.context().close();
});
