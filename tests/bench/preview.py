#!/usr/bin/env python3
"""Measures the preview on 1,000 pages: from the writing of one file to the news of it, and to the new page in the browser's hands.

Takes: the release binary (built first), Python's standard library. Gives: a Markdown table, for each kind of edit the median and
the slowest of its runs, and how many files changed. Leaves out: what the browser does with the page.
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


class News:
    """What a page of the preview listens to."""

    def __init__(self, host):
        self.stream = http.client.HTTPConnection(host, timeout=60)
        self.stream.request("GET", "/-/events?since=0")
        self.lines = self.stream.getresponse()
        self.next()

    def next(self):
        """The next news."""
        while True:
            line = self.lines.readline()
            assert line, "the preview has ended"
            if line.startswith(b"data: "):
                return json.loads(line[6:])


def site(folder):
    """1,000 pages of 600 words, one of which shows a figure, and a theme of its own."""
    made, _ = plain_pages(folder, 1000)
    write(made / "data/site.yaml", 'title: Mätning\nhome: "18"\ntheme: own\nnavigation: [index]\nindicator_pages: false\n')
    write(made / "data/places.yaml", 'places:\n  - { code: "18", name: Örebro län, level: county }\n')
    write(made / "data/indicators/i.yaml", "name: Indikator\nunit: { kind: percent, decimals: 1 }\nbetter: higher\nsource: { publisher: Ingen, licence: CC0 }\nseries: { file: series/i.csv }\n")
    write(made / "data/series/i.csv", "place,period,value\n18,2024,50.0\n")
    write(made / "content/sidor/sida-00500.md", '---\ntitle: Sida 500\n---\nVärdet är {{ value("i") }}.\n')
    write(made / "themes/own/theme.yaml", "parent: base\n")
    write(made / "themes/own/words/sv.yaml", 'frame:\n  skip: "Till innehållet 0"\n')
    write(made / "themes/own/templates/page.html", '{% extends "base/page.html" %}{% block margin %}<p>0</p>{% endblock %}')
    return made


EDITS = [
    ("Markdown, one page's text", "content/sidor/sida-00700.md", "sidor/sida-00700.html", lambda text, n: f"{text}\nÄndring {n}.\n"),
    ("Markdown, one page's title", "content/sidor/sida-00700.md", "sidor/sida-00700.html", lambda text, n: text.replace("title: Sida 700", f"title: Sida 700 {n}")),
    ("CSV, a figure", "data/series/i.csv", "sidor/sida-00500.html", lambda text, n: text.replace("50.0", f"{n}.5")),
    ("YAML, an indicator's name", "data/indicators/i.yaml", None, lambda text, n: text.replace("Indikator", f"Indikator {n}")),
    ("template, on every page", "themes/own/templates/page.html", "sidor/sida-00000.html", lambda text, n: text.replace("0", str(n + 1))),
    ("word, on every page", "themes/own/words/sv.yaml", "sidor/sida-00000.html", lambda text, n: text.replace("0", str(n + 1))),
]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        made = site(Path(scratch))
        running = subprocess.Popen([BINARY, "serve", "--port", "0", "--today", "2026-11-23", "--site", made], stdout=subprocess.PIPE, text=True)
        try:
            host = running.stdout.readline().split("//")[1].split("/")[0]
            news = News(host)
            print("| edit | files changed | news, median ms | slowest | page, median ms |\n|---|---|---|---|---|")
            for name, path, shown, edit in EDITS:
                file = made / path
                text = file.read_text(encoding="utf-8")
                told, got, changed = [], [], 0
                for run in range(RUNS):
                    new = edit(text, run)
                    begun = time.perf_counter()
                    file.write_text(new, encoding="utf-8")
                    changed = len(news.next()["changed"])
                    told.append((time.perf_counter() - begun) * 1000)
                    if shown:
                        page = http.client.HTTPConnection(host, timeout=60)
                        page.request("GET", f"/{shown}")
                        assert page.getresponse().read(), "a page"
                        got.append((time.perf_counter() - begun) * 1000)
                    running.stdout.readline()
                page = f"{statistics.median(got):.0f}" if got else ""
                print(f"| {name} | {changed} | {statistics.median(told):.0f} | {max(told):.0f} | {page} |", flush=True)
                file.write_text(text, encoding="utf-8")
                news.next()
        finally:
            running.terminate()
            running.wait()


if __name__ == "__main__":
    main()
