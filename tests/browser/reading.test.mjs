// What scripts add, used by keyboard and pointer: values of charts, sorting of tables, copying of links.
// Proves on one page for each kind of chart that values are read one by one and announced, that Escape and Tab leave,
// and on every sortable table of a spread of pages that sorting sorts and says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address, context, kind, lookAt, openDetails, pageOf, pages, read, spread } from "./site.mjs";

/** One page for each kind of chart. */
function onePageEach() {
  const found = new Map();
  for (const page of pages) {
    for (const [, chart] of read(page).matchAll(/<figure class="chart chart-([a-z]+)"/g)) {
      if (!found.has(chart)) found.set(chart, page);
    }
  }
  return [...found];
}

for (const [chart, path] of onePageEach()) {
  for (const width of [1280, 390]) {
    test(`reading: values of a ${chart} chart by arrow keys (${width})`, async () => {
      const reader = await context({ width });
      const tab = await reader.newPage();
      await tab.goto(await address(path));
      const frame = tab.locator(`figure.chart-${chart} .drawing-frame`).first();
      const labels = await frame.evaluate((box) =>
        [...box.querySelectorAll("[data-label]")]
          .filter((mark) => mark.getClientRects().length)
          .map((mark) => mark.dataset.label),
      );
      if (chart === "diagram" && labels.length === 0) return reader.close();
      assert.ok(labels.length > 0, `${path} has values to read`);
      await readAll(tab, frame, labels);
      await reader.close();
    });
  }
}

async function readAll(tab, frame, labels) {
  const readout = frame.locator("xpath=following-sibling::*[1]");
  const readoutText = () => readout.textContent();
  assert.equal(await readout.getAttribute("aria-live"), "polite", "the value is announced");
  assert.ok((await frame.getAttribute("aria-label")).length > 10, "the frame says what it is");
  await frame.focus();
  assert.ok((await readoutText()).length > 10, "a hint is given on focus");
  await frame.press("ArrowRight");
  assert.equal(await readoutText(), labels[0]);
  await frame.press("ArrowDown");
  assert.equal(await readoutText(), labels[Math.min(1, labels.length - 1)]);
  await frame.press("End");
  assert.equal(await readoutText(), labels.at(-1));
  await frame.press("ArrowRight");
  assert.equal(await readoutText(), labels.at(-1), "the last value is the end");
  await frame.press("Home");
  assert.equal(await readoutText(), labels[0]);
  await frame.press("Escape");
  assert.ok(!labels.includes(await readoutText()), "Escape leaves the value");
  await frame.press("Tab");
  assert.ok(
    await frame.evaluate((box) => document.activeElement !== box && !box.contains(document.activeElement)),
    "Tab leaves the chart",
  );
  assert.equal(await readoutText(), "", "nothing stays when the focus has left");
}

test("reading: the value under the pointer", async () => {
  const path = onePageEach().find(([chart]) => chart === "ranking")?.[1];
  if (!path) return;
  const reader = await context();
  const tab = await reader.newPage();
  await tab.goto(await address(path));
  const frame = tab.locator("figure.chart-ranking .drawing-frame").first();
  const mark = frame.locator("[data-label]:visible").nth(2);
  await mark.hover();
  assert.equal(
    await frame.locator("xpath=following-sibling::*[1]").textContent(),
    await mark.getAttribute("data-label"),
  );
  await reader.close();
});

/** The order of a column: what its cells are sorted by, null where a value is missing. */
function column(button) {
  const heading = button.closest("th");
  const table = heading.closest("table");
  const state = [...table.tHead.rows[0].cells].map((cell) => cell.getAttribute("aria-sort"));
  const bodies = [...table.tBodies].map((body) =>
    [...body.rows]
      .filter((row) => !row.classList.contains("group"))
      .map((row) => row.cells[heading.cellIndex])
      .filter((cell) => cell?.dataset.sort)
      .map((cell) => Number(cell.dataset.sort)),
  );
  return { own: heading.getAttribute("aria-sort"), marked: state.filter(Boolean).length, bodies };
}

function isOrdered(numbers, sign) {
  return numbers.every((number, place) => place === 0 || sign * (number - numbers[place - 1]) >= 0);
}

test("reading: tables are sorted by keyboard and say so", async () => {
  await lookAt(spread(), {}, async (tab, say) => {
    await openDetails(tab);
    const buttons = await tab.locator("table .sort:visible").all();
    for (const button of buttons.slice(0, 12)) {
      const name = (await button.textContent()).trim();
      const directions = [];
      for (let press = 0; press < 2; press += 1) {
        await button.press(press === 0 ? "Enter" : "Space");
        const { own, marked, bodies } = await button.evaluate(column);
        directions.push(own);
        if (marked !== 1) say(`${marked} columns claim to be sorted (${name})`);
        if (!bodies.every((numbers) => isOrdered(numbers, own === "ascending" ? 1 : -1)))
          say(`not sorted ${own}: ${name}`);
      }
      if (directions.sort().join() !== "ascending,descending") say(`aria-sort goes ${directions}: ${name}`);
      if (!(await button.evaluate((element) => element === document.activeElement)))
        say(`the focus was lost by sorting: ${name}`);
    }
  });
});

test("reading: the pages with tables of indicators can be sorted", () => {
  for (const layout of ["overview", "place"]) {
    const path = pageOf(layout);
    if (path) assert.match(read(path), /<table[^>]*data-sortable/, `${path} (${kind(path)})`);
  }
});

test("reading: the link of a chart is copied", async () => {
  const path = onePageEach()[0]?.[1];
  if (!path) return;
  const reader = await context();
  await reader.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tab = await reader.newPage();
  await tab.goto(await address(path));
  const link = tab.locator("a[data-copy]").first();
  const button = link.locator("xpath=following-sibling::button[1]");
  await button.press("Enter");
  const status = link.locator("xpath=following-sibling::*[@role='status'][1]");
  await status.filter({ hasText: /\S/ }).waitFor();
  assert.equal(
    await tab.evaluate(() => navigator.clipboard.readText()),
    await link.evaluate((element) => element.href),
  );
  await reader.close();
});
