// Drafts on the device, between tabs, versions and whatever may stand in a browser's store.
// Proves that an idle tab overwrites nothing, that what was sent stays gone, that an earlier version's draft is offered and
// what does not fit is told, and that no stored shape and no opened file stops the form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, fillIn, form, openPage, siteOrigin } from "./answering.mjs";

const key = "utsikt-svar:allt:2";
const strengths = (page) => page.getByLabel("Vilka är styrkorna?");
const stored = (page) => page.evaluate((name) => localStorage.getItem(name), key);
const keep = (page) => page.getByLabel("Spara på den här enheten").check();
const pause = (page) => page.waitForTimeout(500);

/** Another tab of the same browser with the form. */
async function anotherTab(page) {
  const tab = await page.context().newPage();
  tab.on("dialog", (dialog) => dialog.accept());
  await tab.goto(`${siteOrigin}/${form}`);
  return tab;
}

/** A form in whose browser this is stored. */
async function openWith(store) {
  const page = await openPage("index.html");
  await page.evaluate((entries) => {
    for (const [name, text] of Object.entries(entries)) localStorage.setItem(name, text);
  }, store);
  await page.goto(`${siteOrigin}/${form}`);
  return page;
}

test("answering: an idle tab never overwrites a newer draft, and is told of it", async () => {
  const older = await openPage(form);
  await strengths(older).fill("nyare");
  await keep(older);
  const newer = await anotherTab(older);
  await strengths(newer).fill("nyast, mycket text");
  await pause(newer);
  await older.getByText("Utkastet sparades senare i en annan flik").waitFor();
  await older.reload();
  assert.match(await stored(newer), /nyast, mycket text/, "after reload");
  assert.equal(await strengths(older).inputValue(), "nyast, mycket text", "an unchanged tab takes the newer draft");
  await older.close({ runBeforeUnload: true });
  await pause(newer);
  assert.match(await stored(newer), /nyast, mycket text/, "after closing");
  await newer.context().close();
});

test("answering: two tabs that both write lose neither text, and the reader chooses", async () => {
  const one = await openPage(form);
  await strengths(one).fill("ett");
  await keep(one);
  const two = await anotherTab(one);
  await strengths(two).fill("två");
  await pause(two);
  await strengths(one).fill("ett igen");
  await pause(one);
  assert.match(await stored(one), /två/);
  await one.reload();
  assert.equal(await strengths(one).inputValue(), "ett igen", "what was typed is the tab's own");
  await button(one, "Spara det som står här i stället").click();
  assert.match(await stored(one), /ett igen/);
  await button(two, "Hämta det nyare utkastet").click();
  assert.equal(await strengths(two).inputValue(), "ett igen");
  await one.context().close();
});

test("answering: a draft that was sent does not come back from another tab", async () => {
  const page = await openPage(form);
  await strengths(page).fill("Utkast");
  await keep(page);
  const idle = await anotherTab(page);
  await fillIn(page);
  await button(page, "Skicka svaret").click();
  await page.getByRole("heading", { name: "Tack, svaret är skickat" }).waitFor();
  await idle.getByText("Utkastet är borta").waitFor();
  await idle.reload();
  await pause(idle);
  assert.equal(await stored(idle), null);
  assert.ok(!(await idle.getByLabel("Spara på den här enheten").isChecked()));
  await page.context().close();
});

test("answering: a draft of an earlier version is offered, and what does not fit is told", async () => {
  const day = 24 * 60 * 60 * 1000;
  const pairs = [
    ["styrkor", "Från förra versionen"],
    ["utmaningar", "gamla-a"],
    ["motsvarar", "4"],
    ["bort", "Borttagen fråga"],
  ];
  const draft = { saved: Date.now(), expires: Date.now() + day, pairs, step: 0 };
  const page = await openWith({ "utsikt-svar:allt:1": JSON.stringify(draft) });
  await page.getByText("ett utkast från").waitFor();
  assert.equal(await strengths(page).inputValue(), "", "nothing is filled in unasked");
  await button(page, "Hämta det tidigare utkastet").click();
  assert.equal(await strengths(page).inputValue(), "Från förra versionen");
  assert.ok(await page.locator("[name=utmaningar][value=a]").isChecked(), "an option that was called something else");
  assert.ok(await page.locator("[name=speglar][value='4']").isChecked(), "a question that was called something else");
  assert.deepEqual(await page.locator(".keeping li").allTextContents(), ["bort: Borttagen fråga"]);
  await page.context().close();
});

test("answering: no shape in the browser's store stops the form", async () => {
  const times = { saved: Date.now(), expires: Date.now() + 1e9 };
  const shapes = [
    null,
    5,
    "text",
    [],
    {},
    { expires: 9e15 },
    { ...times },
    { ...times, pairs: 5 },
    { ...times, pairs: [null, 1, ["styrkor"]] },
    { ...times, pairs: [["styrkor", { toString: 1 }]] },
    { ...times, pairs: [], step: -5 },
    { ...times, pairs: [], step: 1.5 },
    { ...times, pairs: [], step: 1e9 },
    { ...times, pairs: [], step: "x", mark: { toString: 1 } },
    { ...times, saved: "idag", pairs: [] },
    { ...times, pairs: [["__proto__", "x"], ["constructor", "x"], ["webbplats", "x"], ["response", "<b>"]] },
    { ...times, pairs: Array.from({ length: 20000 }, () => ["styrkor", "x"]) },
  ];
  const texts = ["", "{", '{"__proto__":{"pairs":[]},"pairs":[]}', ...shapes.map((shape) => JSON.stringify(shape))];
  const page = await openPage("index.html");
  for (const text of texts) {
    for (const name of [key, "utsikt-svar:allt:1"]) {
      await page.goto(`${siteOrigin}/index.html`);
      await page.evaluate(
        ([to, content]) => {
          localStorage.clear();
          localStorage.setItem(to, content);
        },
        [name, text],
      );
      await page.goto(`${siteOrigin}/${form}`);
      await page.getByText(/Steg \d av 5/).waitFor();
      assert.ok((await page.locator(".actions button").count()) > 0, `buttons with ${name}: ${text.slice(0, 80)}`);
      assert.match(await page.locator("[name=response]").inputValue(), /^[\w-]{36}$/);
      assert.equal(await page.locator("[name=webbplats]").inputValue(), "");
    }
  }
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("answering: an opened file is only data, and what is not taken from it is told", async () => {
  const page = await openPage(form);
  const open = (text, name = "svar.json") =>
    page
      .getByLabel("Öppna sparad fil")
      .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  const head = { format: "utsikt-response/1", consultation: "allt", version: "2" };
  await open(JSON.stringify({ ...head, padding: "x".repeat(2e6) }));
  await page.getByText("är för stor för att vara ett svar").waitFor();
  for (const text of ["null", "[]", "5", '"text"', "[".repeat(5e5), "<html>", JSON.stringify({ format: "x" })]) {
    await open(text, `${text.length}.json`);
    await page.getByText(`Filen ${text.length}.json är inte ett svar som har sparats här`).waitFor();
  }
  await open(JSON.stringify({ ...head, consultation: { id: "<b>x</b>" } }));
  await page.getByText('hör till andra frågor ({"id":"<b>x</b>"})').waitFor();
  const answers = {
    styrkor: "inte ett objekt",
    roll: { option: "kommun", other: "<img src=x onerror=alert(1)>" },
    utmaningar: { options: "a" },
    antal: { number: "tolv" },
    speglar: { no_opinion: false },
    pastaenden: { rows: ["4"] },
    ordning: { ranks: { a: 99, borta: 1 } },
    constructor: { text: "x" },
  };
  const whole = { ...head, answers, decision: { date: "i går" }, respondent: 7, okand: true };
  await open(JSON.stringify(whole).replace('"okand"', '"__proto__"'));
  await page.getByText("Filen svar.json är öppnad.").waitFor();
  const told = await page.locator(".answering-notice li").allTextContents();
  const without = (text) => told.filter((line) => line.includes(text)).length === 1;
  for (const text of ["inte ett objekt", "kommun", ": a", "tolv", "false", '["4"]', "99", "borta: 1", "constructor", "i går", "respondent: 7", "__proto__: true"])
    assert.ok(without(text), `${text} is told: ${told.join(" | ")}`);
  assert.equal(await page.locator("[name='roll.other']").inputValue(), "<img src=x onerror=alert(1)>");
  assert.equal(await page.locator("form img").count(), 0);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
