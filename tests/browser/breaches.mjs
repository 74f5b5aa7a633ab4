// Breaks a copy of the site in one way after another, and sees that the test in question fails and says why.
// Takes the folder SITE; changes only its own copy. A test that cannot fail proves nothing.
// Each breach: the test file, a page, what is put into or taken from it, and words the failure must hold.

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.env.SITE ?? join(here, "../../output"));
const work = mkdtempSync(join(tmpdir(), "breaches-"));
const copy = join(work, "site");
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
cpSync(folder, copy, { recursive: true });

const chart = "indikatorer/arbetsloshet.html";
const inMain = (html) => (page) => page.replace("</main>", `${html}</main>`);
const swap = (from, to) => (page) => page.replace(from, to);
const style = (css) => (page) =>
  page
    .replace(/style-src 'self'/, "style-src 'self' 'unsafe-inline'")
    .replace("</head>", `<style>${css}</style></head>`);

const script = `assets/${readdirSync(join(copy, "assets")).find((name) => name.endsWith(".js"))}`;

const breaches = [
  ["quiet", "metod.html", inMain('<img src="borta.png" alt="">'), "404"],
  ["quiet", "metod.html", inMain('<img src="https://example.org/a.png" alt="">'), "console error"],
  ["quiet", "metod.html", swap(/href="assets(&#x2f;|\/)css/, 'href="assets$1borta'), "net::ERR_FILE_NOT_FOUND"],
  ["quiet", "metod.html", inMain('<p style="color: red">röd</p>'), "console error"],
  [
    "quiet",
    "metod.html",
    (page) => page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
    "no Content-Security-Policy",
  ],
  ["accessibility", "metod.html", inMain('<p><a href="index.html"></a></p>'), "link-name"],
  ["accessibility", "metod.html", style(".prose p { color: #aaa }"), "color-contrast"],
  ["structure", "metod.html", inMain("<h1>Två</h1>"), "2 h1"],
  ["structure", "metod.html", inMain("<h2>Två</h2><h4>Fyra</h4>"), "after h2"],
  ["structure", "metod.html", swap('lang="sv"', 'lang="en"'), "lang is"],
  ["structure", "metod.html", (page) => page.replace(/<meta name="description"[^>]*>/, ""), "meta description"],
  [
    "structure",
    "metod.html,process.html",
    (page) => page.replace(/<title>[^<]*/, "<title>Samma titel"),
    "title shared",
  ],
  ["scriptless", "metod.html", inMain('<button type="button">Död</button>'), "dead control"],
  ["scriptless", chart, style("@media (scripting: none) { .chart-source { display: none } }"), "other words"],
  ["scriptless", chart, style(".drawing-frame svg { display: none }"), "0 drawings"],
  ["reflow", "metod.html", style("h1 { white-space: nowrap; width: 700px }"), "too wide"],
  ["reflow", "metod.html", style(".lead { font-size: 18px }"), "grows only"],
  ["reflow", "metod.html", style(".lead { block-size: 3.4rem; overflow: hidden }"), "cut:"],
  ["contrast", chart, style(".drawing-frame svg text { fill: #999 }"), "text"],
  ["contrast", chart, style(".drawing-frame svg [data-label] { fill: #ddd }"), "mark"],
  ["contrast", "metod.html", style("@media print { main p { color: #ddd } }"), "pale ink"],
  ["print", chart, style("@media print { .menu { display: block !important } }"), "printed: nav"],
  ["print", chart, style("@media print { .drawing-frame { display: none } }"), "chart not printed"],
  ["print", chart, style("@media print { .chart-source { display: none } }"), "source not printed"],
  ["print", chart, style("@media print { figure { width: 800px } }"), "wider than the paper"],
  ["keyboard", chart, style(":focus-visible { outline: none }"), "no focus ring"],
  ["keyboard", chart, inMain('<a href="index.html" tabindex="3">före</a>'), "instead of"],
  ["keyboard", chart, style(".colophon a:focus { position: fixed; inset-inline-start: -99rem }"), "off screen"],
  ["keyboard", chart, swap('class="skip"', 'class="skip" tabindex="-1"'), "skip"],
  ["reading", chart, (page) => page.replace(/<script src[^>]*><\/script>/, ""), "xpath=following-sibling"],
  ["reading", `${chart},${script}`, swap('"aria-live", "polite"', '"aria-live", "off"'), "announced"],
  ["reading", `${chart},${script}`, swap('"Escape"', '"F9"'), "Escape leaves"],
  ["reading", `${chart},${script}`, swap("isDescending ? -1 : 1", "1"), "not sorted descending"],
  ["reading", `${chart},${script}`, swap("writeText(link.href)", 'writeText("")'), "strictly equal"],
  ["reading", "indikatorer/index.html", (page) => page.replaceAll("data-sortable", ""), "can be sorted"],
  ["charts", chart, (page) => page.replace(/data-label="([^"]*?): \d+/, 'data-label="$1: 99'), "not in the table"],
  [
    "charts",
    chart,
    (page) => page.replace(/<details class="chart-words">[\s\S]*?<\/details>/, ""),
    "without a description",
  ],
  ["charts", chart, (page) => page.replace(/<caption>[^<]*<\/caption>/, ""), "caption"],
  ["charts", chart, (page) => page.replace(/<p class="chart-source">/, "<p>"), "no source"],
  ["charts", chart, (page) => page.replace(/\.svg"( download)/, '-borta.svg"$1'), "no file"],
  ["links", "metod.html", inMain('<a href="borta.html">borta</a>'), "no such file"],
  ["links", "metod.html", inMain('<a href="index.html#borta">borta</a>'), "no such anchor"],
  ["links", "metod.html", inMain('<a href="indikatorer/">mapp</a>'), "a folder"],
  ["links", "metod.html", inMain('<a href="/index.html">rot</a>'), "from the root"],
  ["valid", "metod.html", inMain("<p><div>fel</div></p>"), "No “p” element"],
  ["weight", "metod.html", inMain("<i></i>".repeat(3000)), "elements"],
  ["weight", "metod.html", (page) => page + `<!-- ${randomBytes(250000).toString("hex")} -->`, "KiB compressed"],
  ["typography", "metod.html", inMain("<p>Det var 12.5 procent.</p>"), "decimal point"],
  ["typography", "metod.html", inMain('<p>Det steg 5,2 % sedan -3, åren 2017-2024, "så".</p>'), "hyphen for minus"],
];

// `node breaches.mjs print` tries those of one test.
const chosen = breaches.filter(([name]) => !process.argv[2] || name === process.argv[2]);
let silent = 0;
for (const [name, at, change, words] of chosen) {
  const paths = at.split(",");
  const before = paths.map((path) => readFileSync(join(copy, path), "utf8"));
  const after = before.map(change);
  paths.forEach((path, place) => writeFileSync(join(copy, path), after[place]));
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", `${name}.test.mjs`], {
    cwd: here,
    encoding: "utf8",
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, SITE: copy, ONLY: at },
  });
  paths.forEach((path, place) => writeFileSync(join(copy, path), before[place]));
  const isSeen = run.status !== 0 && run.stdout.includes(words);
  const isMade = before.some((page, place) => page !== after[place]);
  if (!isSeen || !isMade) silent += 1;
  console.log(`${isSeen && isMade ? "seen  " : isMade ? "UNSEEN" : "UNMADE"}  ${name}: ${words}`);
}
console.log(`${chosen.length - silent} of ${chosen.length} breaches are seen`);
process.exitCode = silent ? 1 : 0;
