// Small aids on every page: reads values out of charts by pointer and keys, sorts tables, shows that a last day has passed,
// copies the link of a chart. No page depends on them.
// The words are data attributes of <body>. Nothing is stored, and nothing is fetched.
"use strict";

const words = document.body.dataset;

/** A new element with these properties, placed after another. */
function placeAfter(neighbour, name, properties) {
  const element = Object.assign(document.createElement(name), properties);
  neighbour.after(element);
  return element;
}

// --- Charts: the mark under the pointer, or chosen by keys, is read out below the drawing. ---

class Reader {
  constructor(frame) {
    this.frame = frame;
    this.mark = null;
    this.readout = placeAfter(frame, "output", { className: "readout" });
    this.readout.setAttribute("aria-live", "polite");
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", words.explore.replace("{title}", frame.dataset.title));
    frame.addEventListener("keydown", (event) => this.press(event));
    frame.addEventListener("pointermove", (event) => this.point(event));
    frame.addEventListener("pointerdown", (event) => this.point(event));
    frame.addEventListener("pointerleave", () => this.read(null));
    frame.addEventListener("focus", () => this.say(words.hint));
    frame.addEventListener("blur", () => {
      this.read(null);
      this.say("");
    });
  }

  /** The marks of the drawing that is shown. The drawing for the other width has no boxes. */
  marks() {
    return [...this.frame.querySelectorAll("[data-label]")].filter((mark) => mark.getClientRects().length);
  }

  say(text) {
    this.readout.textContent = text;
  }

  read(mark) {
    if (mark === this.mark) return;
    this.mark?.classList.remove("is-read");
    mark?.classList.add("is-read");
    this.mark = mark;
    this.say(mark ? mark.dataset.label : "");
    this.readout.classList.toggle("is-value", Boolean(mark));
  }

  press(event) {
    const marks = this.marks();
    const here = marks.indexOf(this.mark);
    const last = marks.length - 1;
    const steps = {
      ArrowRight: Math.min(here + 1, last),
      ArrowDown: Math.min(here + 1, last),
      ArrowLeft: Math.max(here - 1, 0),
      ArrowUp: Math.max(here - 1, 0),
      Home: 0,
      End: last,
    };
    const isAlone = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === "Escape") this.read(null);
    else if (event.key in steps && isAlone) this.read(marks[steps[event.key]]);
    else return;
    event.preventDefault();
  }

  /** The mark under the pointer, or the nearest within a finger's width. */
  point(event) {
    const direct = event.target.closest("[data-label]");
    if (direct) return this.read(direct);
    let nearest = null;
    let least = 28;
    for (const mark of this.marks()) {
      const box = mark.getBoundingClientRect();
      const distance = Math.hypot(
        Math.max(box.left - event.clientX, 0, event.clientX - box.right),
        Math.max(box.top - event.clientY, 0, event.clientY - box.bottom),
      );
      if (distance < least) [nearest, least] = [mark, distance];
    }
    this.read(nearest);
  }
}

for (const frame of document.querySelectorAll(".drawing-frame")) {
  if (frame.querySelector("[data-label]")) new Reader(frame);
}

// --- Tables: every heading becomes a button that sorts within each group of rows. ---

const language = document.documentElement.lang;
const decimal = (1.5).toLocaleString(language)[1];

/** The key that a row is sorted by: the first number of its cell, else the text; null for a dash or no text. */
function sortKey(row, column) {
  const cell = row.cells[column];
  if (!cell) return null;
  if ("sort" in cell.dataset) return cell.dataset.sort === "" ? null : Number(cell.dataset.sort);
  const text = cell.textContent.trim();
  if (text === "" || text.startsWith("–")) return null;
  if (cell.tagName === "TH") return text;
  const number = text.match(/[−-]?\d[\d\s.,]*/);
  if (!number) return text;
  const plain = number[0].replace("−", "-").replace(/\s/g, "");
  return Number.parseFloat(decimal === "," ? plain.replace(",", ".") : plain.replaceAll(",", ""));
}

/** The order of two keys. Null comes last, whichever way the table is sorted. */
function compare(a, b, sign) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * String(a).localeCompare(String(b), language, { numeric: true });
}

/** Sorts each group of rows by a column; the other way when it is sorted so already. */
function sort(table, heading, column) {
  const isDescending = heading.ariaSort ? heading.ariaSort === "ascending" : heading.classList.contains("numeric");
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
    const keys = new Map(rows.map((row) => [row, sortKey(row, column)]));
    rows.sort((a, b) => compare(keys.get(a), keys.get(b), isDescending ? -1 : 1));
    body.append(...rows);
  }
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  if ([...table.tBodies].every((body) => body.rows.length < 3)) continue;
  const buttons = [];
  for (const heading of table.tHead.rows[0].cells) {
    if ("unsorted" in heading.dataset) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
    button.title = words.sort.replace("{column}", heading.textContent.trim());
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading, heading.cellIndex));
    buttons.push(button);
  }
  // On a phone the headings are only spoken, so nothing in them may take the focus.
  new ResizeObserver(() => {
    const isSpoken = getComputedStyle(table.tHead).position === "absolute";
    for (const button of buttons) button.tabIndex = isSpoken ? -1 : 0;
  }).observe(table);
}

// --- Last days: after them, the hidden line of a notice takes the place of the other. ---

const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
for (const dated of document.querySelectorAll("[data-closes]")) {
  if (today <= dated.dataset.closes) continue;
  for (const line of dated.children) line.hidden = !line.hidden;
}

// --- Links of charts: a button copies the address, where the browser allows it. ---

if (navigator.clipboard) {
  for (const link of document.querySelectorAll("a[data-copy]")) {
    const button = placeAfter(link, "button", { type: "button", className: "copy", textContent: words.copy });
    const status = placeAfter(button, "span", { className: "note-after", role: "status" });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(link.href);
      status.textContent = ` ${words.copied}`;
      setTimeout(() => {
        status.textContent = "";
      }, 4000);
    });
  }
}
