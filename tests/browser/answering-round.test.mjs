// The whole way of an answer: filled in in a browser, saved as a file or posted to an endpoint, imported, and read on the
// page of results. What one person typed is what everybody reads; what was promised not to be shown is nowhere.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { button, form, openPage, run, save, site, submissions } from "./answering.mjs";
import { context } from "./site.mjs";

/** A municipality answers in steps and saves a file. */
async function saveAnswer() {
  const page = await openPage(form);
  await page.getByLabel("Vilka är styrkorna?").fill("=1+1 <b>Hemligt</b>");
  await page.getByLabel("Kommun", { exact: true }).check();
  await page.locator("[name=utmaningar][value=a]").check();
  await button(page, "Nästa").click();
  await page.locator("[name=speglar][value='4']").check();
  await page.locator("[name='pastaenden.r1'][value='1']").check();
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=down]").check();
  await button(page, "Nästa").click();
  await button(page, "Nästa").click();
  await page.getByLabel("Vem svarar ni för?").selectOption("1880");
  await page.getByLabel("Kod ur inbjudan").fill("kod-1880");
  await page.locator("[name='respondent.email']").fill("person@example.se");
  await page.getByLabel("Med namn").check();
  await button(page, "Kontrollera svaren").click();
  const path = join(site, "ett.json");
  copyFileSync((await save(page)).path, path);
  await page.context().close();
  return path;
}

/** Another posts the plain form; the endpoint keeps fields and values as a line of JSON. */
async function postAnswer() {
  const page = await openPage(form, { scripts: false });
  await page.getByLabel("Vilka är styrkorna?").fill("Närhet");
  await page.locator("[name=roll][value=foretag]").check();
  await page.locator("[name=speglar][value=no-opinion]").check();
  await page.locator("[name='riktning.kompetens'][value=up]").check();
  await page.locator("[name='riktning.vagar'][value=same]").check();
  await page.locator("[name='respondent.body']").selectOption("1814");
  await page.locator("[name='respondent.code']").fill("kod-1814");
  await page.locator("[name=naming][value=named]").check();
  await page.getByRole("button", { name: "Skicka svaret" }).click();
  await page.waitForURL("**/tack.html");
  await page.context().close();
  const path = join(site, "tva.json");
  writeFileSync(path, JSON.stringify(Object.fromEntries(submissions.at(-1))));
  return path;
}

const everything = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name)));

test("answering: from form to file to import to result", async () => {
  const answers = join(site, "../svar");
  mkdirSync(join(answers, "allt"), { recursive: true });
  writeFileSync(join(answers, "allt/codes.csv"), "body,code\n1880,kod-1880\n1814,kod-1814\n");
  const files = [await saveAnswer(), await postAnswer()];
  const importAnswers = () =>
    run(["import", "survey", "allt", ...files, "--answers", answers, "--today", "2026-11-24"]);
  importAnswers();
  const journal = readFileSync(join(answers, "allt/responses.jsonl"), "utf8");
  assert.equal(journal.trim().split("\n").length, 2);
  importAnswers();
  assert.equal(readFileSync(join(answers, "allt/responses.jsonl"), "utf8"), journal, "importing again changes nothing");

  const output = join(site, "../resultat");
  run(["build", "--answers", answers, "--today", "2027-02-01", "--output", output]);
  const reader = await context();
  const page = await reader.newPage();
  await page.goto(`file://${output}/samrad/allt/resultat.html`);
  const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
  assert.match(text, /2 av \d+/, "who has answered");
  const rows = readFileSync(join(output, "assets/data/allt-resultat.csv"), "utf8")
    .split(/\r?\n/)
    .map((row) => row.split(","));
  const counts = (...words) => rows.filter((row) => words.every((word, at) => row[at] === word)).map((row) => row[5]);
  const expected = [
    [["", "", "answered"], "2"],
    [["roll", "", "kommun"], "1"],
    [["roll", "", "foretag"], "1"],
    [["utmaningar", "", "a"], "1"],
    [["speglar", "", "4"], "1"],
    [["speglar", "", "_no_opinion"], "1"],
    [["pastaenden", "r1", "1"], "1"],
    [["pastaenden", "r2", "_unanswered"], "2"],
    [["riktning", "kompetens", "up"], "2"],
    [["riktning", "vagar", "down"], "1"],
    [["riktning", "vagar", "same"], "1"],
  ];
  for (const [words, count] of expected) assert.deepEqual(counts(...words), [count], words.join(" "));
  await reader.close();

  for (const bytes of everything(output)) {
    for (const secret of ["Hemligt", "Närhet", "person@example.se", "kod-1880", "kod-1814"]) {
      assert.ok(!bytes.includes(secret), `${secret} stands in the output`);
    }
  }
});
