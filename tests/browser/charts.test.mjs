// Every chart of every page: drawing, words, table and files belong together.
// Proves that each has a name and a description, a table with a caption, a source, and downloads that exist; that the
// values written into the drawing stand in the table as well, and that the wide and the narrow drawing say the same.

import { posix } from "node:path";
import { test } from "node:test";
import { files, lookAt, pages, read } from "./site.mjs";

/** Everything a chart says, by whichever means. */
function charts() {
  const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const referred = (ids) =>
    (ids ?? "")
      .split(/\s+/)
      .filter(Boolean)
      .map((id) => text(document.getElementById(id)))
      .join(" ");
  return [...document.querySelectorAll("figure.chart")].map((figure) => {
    const table = figure.querySelector("table");
    return {
      id: figure.id,
      kind: figure.className.replace("chart chart-", ""),
      title: text(figure.querySelector(".chart-title")),
      subtitle: text(figure.querySelector(".chart-subtitle")),
      empty: text(figure.querySelector(".chart-empty")),
      pictures: [...figure.querySelectorAll("[role=img]")].map((picture) => ({
        name: picture.getAttribute("aria-label") ?? referred(picture.getAttribute("aria-labelledby")),
        description: referred(picture.getAttribute("aria-describedby")),
        controls: picture.querySelectorAll("a, button, [tabindex]").length,
      })),
      labels: [".drawing-wide", ".drawing-narrow"]
        .map((drawing) => figure.querySelector(drawing))
        .filter(Boolean)
        .map((drawing) => [
          ...new Set([...drawing.querySelectorAll("[data-label]")].map((mark) => mark.dataset.label)),
        ]),
      caption: text(table?.caption),
      headed: table ? [...table.rows].every((row) => row.querySelector("th")) : false,
      cells: table ? [...table.querySelectorAll("th, td")].map(text) : [],
      source: text(figure.querySelector(".chart-source")),
      downloads: [...figure.querySelectorAll("a[download]")].map((link) => link.getAttribute("href")),
      anchor: figure.querySelector("a[data-copy]")?.getAttribute("href"),
    };
  });
}

test("charts: name, description, table, source and downloads", async () => {
  await lookAt(pages, { scripts: false }, async (tab, say, path) => {
    for (const chart of await tab.evaluate(charts)) {
      for (const fault of [...wordFaults(chart), ...tableFaults(chart), ...fileFaults(chart, path)])
        say(`${chart.kind} #${chart.id}: ${fault}`);
    }
  });
});

function wordFaults(chart) {
  const faults = [];
  if (!chart.id) faults.push("no id to link to");
  if (chart.title.length < 5) faults.push("no title");
  if (chart.empty) return faults;
  if (chart.pictures.length === 0) faults.push("no picture");
  for (const picture of chart.pictures) {
    if (picture.name.length < 5) faults.push("a picture without a name");
    if (picture.description.length < 30) faults.push("a picture without a description");
    if (picture.description === picture.name) faults.push("the description only repeats the name");
    if (picture.controls) faults.push("controls inside a picture");
  }
  const [wide, narrow] = chart.labels;
  if (narrow && [...wide].sort().join("\n") !== [...narrow].sort().join("\n"))
    faults.push("the narrow drawing has other values than the wide one");
  return faults;
}

/** The number in a label such as “Riket 2018: 87,2 %”, as the table writes it. */
function valueOf(label) {
  return /:[^:\d−+]*([−+]?\d[\d\s]*(,\d+)?)/.exec(label)?.[1].trim();
}

function tableFaults(chart) {
  if (chart.empty) return [];
  const faults = [];
  if (!chart.caption) faults.push("no table, or one without a caption");
  if (!chart.headed) faults.push("a row of the table has no heading");
  // Totals and shares in the label may be rounded further; the value itself stands in some cell.
  const cells = new Set(
    chart.cells
      .flatMap((cell) => [cell, ...(cell.match(/[−+]?\d[\d\s]*(,\d+)?/g) ?? [])])
      .map((cell) => cell.replace(/\s+/g, " ").trim()),
  );
  const labels = chart.labels.flat();
  const strange = labels.filter((label) => valueOf(label) && !cells.has(valueOf(label).replace(/\s+/g, " ")));
  if (strange.length)
    faults.push(`${strange.length} of ${labels.length} values are not in the table, such as "${strange[0]}"`);
  return faults;
}

function fileFaults(chart, path) {
  const faults = [];
  if (chart.kind !== "diagram" && !/^Källa|^Källor/.test(chart.source)) faults.push("no source");
  if (chart.kind !== "diagram" && !chart.empty && chart.downloads.length < 2) faults.push("fewer than two downloads");
  if (chart.anchor && chart.anchor.split("#")[1] !== chart.id) faults.push(`its link leads to ${chart.anchor}`);
  for (const href of chart.downloads) {
    const file = posix.join(posix.dirname(path), decodeURI(href));
    if (!files.includes(file)) faults.push(`no file ${href}`);
    else if (file.endsWith(".svg") && !/<svg[^>]*>\s*<title[\s\S]*<desc/.test(read(file)))
      faults.push(`no title and description in ${href}`);
    else if (file.endsWith(".csv") && read(file).trim().split("\n").length < 2) faults.push(`no rows in ${href}`);
  }
  return faults;
}
