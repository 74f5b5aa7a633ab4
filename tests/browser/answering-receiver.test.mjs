// The form and the program's own door for answers: from the form to the journal to the results, with the door killed in between.
// Takes the site of answering.mjs; its pages post to a running `utsikt receive` instead of the endpoint of the other tests.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { button, endpointReply, fillIn, form, openPage, run, site, siteOrigin } from "./answering.mjs";
import { program } from "./small.mjs";

const answers = join(site, "../mottagna");
const journal = () => readFileSync(join(answers, "allt/responses.jsonl"), "utf8").trim().split("\n");
let door;

/** Starts the door at this port, or any that is free; gives its port. */
async function openDoor(port = 0) {
  const options = ["--today", "2026-11-24", "--base-url", `${siteOrigin}/`, "--answers", answers, "--lang", "en"];
  door = spawn(program(), ["receive", "--listen", `127.0.0.1:${port}`, ...options], { cwd: site });
  return new Promise((ready, failed) => {
    let told = "";
    door.stderr.on("data", (text) => {
      told += text;
      const address = /127\.0\.0\.1:(\d+),/.exec(told);
      if (address) ready(Number(address[1]));
    });
    door.on("exit", (code) => failed(new Error(`the door ended with ${code}: ${told}`)));
  });
}

const ended = () => new Promise((ready) => door.on("exit", (code) => ready(code)));
after(() => door?.kill("SIGKILL"));

test("answering: from the form through the program's own door to the results, with the door killed in between", async () => {
  mkdirSync(join(answers, "allt"), { recursive: true });
  writeFileSync(join(answers, "allt/codes.csv"), "body,code\n1880,hemlig\n1814,kod-1814\n");
  const port = await openDoor();
  endpointReply.elsewhere = `http://127.0.0.1:${port}`;

  const page = await openPage(form);
  await fillIn(page);
  // The door is gone when the answer is sent; it is there again when the person tries once more.
  const killed = ended();
  door.kill("SIGKILL");
  await killed;
  await button(page, "Skicka svaret").click();
  await page.getByText("kunde inte skickas").first().waitFor();
  await openDoor(port);
  await page.locator(".errors").getByRole("button").first().click();
  await page.locator(".answering-box dl.facts dd").first().waitFor();
  const line = JSON.parse(journal()[0]);
  const number = line.response.replaceAll("-", "").slice(0, 8).toUpperCase().replace(/^(.{4})/, "$1-");
  assert.equal(await page.locator(".answering-box dl.facts dd").first().textContent(), number, "the number that the door has given");
  await page.context().close();

  const plain = await openPage(form, { scripts: false });
  await plain.getByLabel("Vilka är styrkorna?").fill("Närhet");
  await plain.locator("[name=roll][value=foretag]").check();
  await plain.locator("[name=speglar][value=no-opinion]").check();
  await plain.locator("[name='riktning.kompetens'][value=up]").check();
  await plain.locator("[name='riktning.vagar'][value=same]").check();
  await plain.locator("[name='respondent.body']").selectOption("1814");
  await plain.locator("[name='respondent.code']").fill("fel kod");
  await plain.locator("[name=naming][value=named]").check();
  await plain.getByRole("button", { name: "Skicka svaret" }).click();
  await plain.getByRole("heading", { name: "Svaret togs inte emot" }).waitFor();
  await plain.goBack();
  await plain.locator("[name='respondent.code']").fill("kod-1814");
  await plain.getByRole("button", { name: "Skicka svaret" }).dblclick();
  await plain.waitForURL(/tack\.html\?number=[0-9A-F]{4}-[0-9A-F]{4}&time=/);
  await plain.context().close();
  assert.equal(journal().length, 2, "a button that is pressed twice is one answer");
  const stopped = ended();
  door.kill("SIGTERM");
  assert.equal(await stopped, 0);

  // Who fills in a form within three seconds is taken for a machine, until somebody has looked.
  const ruling = `accepted:\n  - { response: ${line.response}, reason: Ett prov. }\n`;
  writeFileSync(join(answers, "allt/rulings.yaml"), ruling);
  const output = join(site, "../mottaget");
  run(["build", "--answers", answers, "--today", "2027-02-01", "--output", output]);
  const results = readFileSync(join(output, "samrad/allt/resultat.html"), "utf8");
  assert.match(results.replace(/<[^>]+>/g, "").replace(/\s+/g, " "), /2 av \d+/, "both count");
  assert.ok(!results.includes("hemlig") && !results.includes("Närhet"));
});
