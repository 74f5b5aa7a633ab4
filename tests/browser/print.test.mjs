// Every page as it goes to paper, A4 with the margins of the print style.
// Proves that navigation stays behind, that charts, their sources and the page's notice are there, and that nothing is wider
// than the paper.
// Dark ink for those who read in dark is measured in `contrast.test.mjs`.

import { test } from "node:test";
import { lookAt, pages } from "./site.mjs";

// 210 mm less two margins of 16 mm, at 96 px an inch.
const paper = { width: Math.floor(((210 - 32) / 25.4) * 96), height: 1000, media: "print" };

function onPaper() {
  const faults = [];
  const has = (element) =>
    [...element.getClientRects()].some((box) => box.width > 1 && box.height > 1) &&
    getComputedStyle(element).visibility !== "hidden";
  const name = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
  // The front page's three statements are its message, although they also lead to their sections.
  for (const element of document.querySelectorAll("nav:not(.statements), .skip, button, summary, .readout")) {
    // A button around a heading's words keeps the words and loses its box.
    const isBox = getComputedStyle(element).display !== "contents";
    if (isBox && has(element)) faults.push(`printed: ${name(element)}`);
  }
  for (const chart of document.querySelectorAll("figure.chart")) {
    if (!chart.querySelector(".drawing-frame")) continue;
    if ([...chart.querySelectorAll(".drawing-frame svg")].filter(has).length !== 1)
      faults.push(`chart not printed once: #${chart.id}`);
    const source = chart.querySelector(".chart-source");
    if (source && !has(source)) faults.push(`source not printed: #${chart.id}`);
    if (chart.querySelector(".drawing-frame").getBoundingClientRect().height > 990)
      faults.push(`taller than the paper: #${chart.id}`);
  }
  // The page for the room prints what a meeting said, under the name of the meeting.
  for (const element of document.querySelectorAll("h1:not(.room h1), .notice, .colophon-facts"))
    if (!has(element)) faults.push(`not printed: ${name(element)}`);
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.right > width + 1 && !element.closest("svg, .visually-hidden");
  });
  const inner = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  for (const element of inner.slice(0, 3)) {
    faults.push(
      `${Math.round(element.getBoundingClientRect().right - width)} px wider than the paper: ${name(element)} in ${name(element.closest("table, figure, section") ?? document.body)}`,
    );
  }
  return faults;
}

test("print: what is printed, and nothing wider than the paper", async () => {
  await lookAt(pages, paper, async (tab, say) => {
    for (const fault of await tab.evaluate(onPaper)) say(fault);
  });
});
