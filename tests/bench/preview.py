#!/usr/bin/env python3
"""Measures the preview on 1,000 and 10,000 pages: from the writing of one file to the new page in the hands of the browser that
has it open, and to the findings about a page that nobody has open.

Takes: the release binary (built first), Python's standard library. Gives: a Markdown table, for each kind of edit the median and
the slowest of its runs. Leaves out: what the browser does with the page.
"""

import http.client
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from bench import BINARY, plain_pages, write

RUNS = 15


class Reader:
    """A page that is open in a browser, and what it listens to."""

    def __init__(self, host, page):
        self.host, self.page = host, page
        self.stream = http.client.HTTPConnection(host, timeout=60)
        self.stream.request("GET", f"/-/events?since=0&page={page}")
        self.lines = self.stream.getresponse()
        self.next()

    def next(self):
        """The next news."""
        while True:
            line = self.lines.readline()
            assert line, "the preview has ended"
            if line.startswith(b"data: "):
                return json.loads(line[6:])

    def reload(self):
        """Waits until the page has changed, and gets it."""
        while self.page not in self.next()["changed"]:
            pass
        return get(self.host, self.page)


def get(host, page):
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", f"/{page}")
    text = connection.getresponse().read()
    assert text, "a page"
    return text


def site(folder, pages):
    """Pages of 600 words, one of which shows a figure and one of which makes a claim, and a theme of its own."""
    made, _ = plain_pages(folder, pages)
    write(made / "data/site.yaml", 'title: Mätning\nhome: "18"\ntheme: own\nnavigation: [index]\nindicator_pages: false\n')
    write(made / "data/places.yaml", 'places:\n  - { code: "18", name: Örebro län, level: county }\n')
    write(made / "data/indicators/i.yaml", "name: Indikator\nunit: { kind: percent, decimals: 1 }\nbetter: higher\nsource: { publisher: Ingen, licence: CC0 }\nseries: { file: series/i.csv }\n")
    write(made / "data/series/i.csv", "place,period,value\n18,2024,50.0\n")
    write(made / "content/sidor/sida-00500.md", '---\ntitle: Sida 500\n---\nVärdet är {{ value("i") }}.\n')
    write(made / "content/sidor/sida-00900.md", '---\ntitle: Sida 900\n---\n{{ claim("Värdet är under 90", value("i") < 90) }}.\n')
    write(made / "themes/own/theme.yaml", "parent: base\n")
    write(made / "themes/own/words/sv.yaml", 'frame:\n  skip: "Till innehållet 0"\n')
    write(made / "themes/own/templates/page.html", '{% extends "base/page.html" %}{% block margin %}<p>0</p>{% endblock %}')
    return made


EDITS = [
    ("a text", "content/sidor/sida-00700.md", "sidor/sida-00700.html", lambda text, n: f"{text}\nÄndring {n}.\n"),
    ("a title", "content/sidor/sida-00700.md", "sidor/sida-00700.html", lambda text, n: text.replace("title: Sida 700", f"title: Sida 700 {n}")),
    ("a figure", "data/series/i.csv", "sidor/sida-00500.html", lambda text, n: text.replace("50.0", f"{n}.5")),
    ("a template", "themes/own/templates/page.html", "sidor/sida-00000.html", lambda text, n: text.replace("0", str(n + 1))),
    ("a word", "themes/own/words/sv.yaml", "sidor/sida-00000.html", lambda text, n: text.replace("0", str(n + 1))),
]


def measure(pages):
    with tempfile.TemporaryDirectory() as scratch:
        made = site(Path(scratch), pages)
        running = subprocess.Popen([BINARY, "serve", "--port", "0", "--today", "2026-11-23", "--site", made], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            host = running.stdout.readline().split("//")[1].split("/")[0]
            # That there is no such page is known when the first build is over.
            get(host, "nowhere.html")
            for name, path, page, edit in EDITS:
                file, reader, times = made / path, Reader(host, page), []
                text = file.read_text(encoding="utf-8")
                for run in range(RUNS):
                    new = edit(text, run)
                    begun = time.perf_counter()
                    file.write_text(new, encoding="utf-8")
                    reader.reload()
                    times.append((time.perf_counter() - begun) * 1000)
                    # The rest of the site is built, and said to be.
                    running.stdout.readline()
                report(pages, f"{name}: the page that is open", times)
                file.write_text(text, encoding="utf-8")
                running.stdout.readline()
                reader.stream.close()
            file, reader, times = made / "data/series/i.csv", Reader(host, "sidor/sida-00000.html"), []
            text = file.read_text(encoding="utf-8")
            for run in range(RUNS):
                begun = time.perf_counter()
                file.write_text(text.replace("50.0", f"9{run % 9}.5"), encoding="utf-8")
                while not reader.next()["panel"]["findings"]:
                    pass
                times.append((time.perf_counter() - begun) * 1000)
                running.stdout.readline()
                file.write_text(text, encoding="utf-8")
                running.stdout.readline()
                while reader.next()["panel"]["findings"]:
                    pass
            report(pages, "a claim that falls on another page: the finding", times)
        finally:
            running.terminate()
            running.wait()


def report(pages, name, times):
    print(f"| {pages} | {name} | {statistics.median(times):.0f} | {max(times):.0f} |", flush=True)


def main():
    print("| pages | edit | median ms | slowest |\n|---|---|---|---|")
    for pages in [1000, 10000]:
        measure(pages)


if __name__ == "__main__":
    main()
