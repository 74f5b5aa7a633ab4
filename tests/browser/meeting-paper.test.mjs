// The guide for meetings on A4 and on a phone. Proves that no word of its tables is broken to fit a column, and that no sheet
// is left nearly empty: what follows begins where there is room.

import { test } from "node:test";
import { kind, lookAt, pages } from "./site.mjs";

const guides = pages.filter((page) => kind(page) === "meeting");

/** Words of the tables that stand on more than one line. */
function brokenWords() {
  const broken = [];
  for (const table of document.querySelectorAll(".sheet-table, .plan")) {
    const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      for (const { index, 0: word } of text.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return broken;
}

async function judge(tab, say) {
  for (const word of await tab.evaluate(brokenWords)) say(`the word "${word}" is broken`);
}

// The width of an A4 within its margins, in CSS pixels.
test("meeting on paper: no broken words", () => lookAt(guides, { width: 673, media: "print" }, judge));
test("meeting on a phone: no broken words", () => lookAt(guides, { width: 390 }, judge));

test("meeting on paper: a long question begins on the page of the plan", () =>
  lookAt(guides, { width: 673, media: "print" }, async (tab, say) => {
    const rules = await tab.evaluate(() =>
      [...document.querySelectorAll(".step:not(.recording) .question")].map((question) => getComputedStyle(question).breakInside),
    );
    if (rules.some((rule) => rule !== "auto")) say("a question to talk about is kept whole, and leaves a page empty");
  }));
