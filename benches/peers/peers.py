"""Other ways to make certificates, and how ours compares: each in turn with ours, in the same run.

    python3 benches/peers/peers.py target/release/kompetenz 300
    python3 benches/peers/peers.py target/release/kompetenz 300 typst-once libreoffice

Every peer makes a plain certificate of the size of ours: two pages, 24 competences with bars in four tables.
Ours runs before and after each peer, so that a machine that drifts favours nobody. What is not installed is left out.

    typst-once   the Python package `typst`: one process for all certificates
    typst-each   `typst compile`, or the Python package where that is missing: a process for each, as many as cores
    weasyprint   the Python package `weasyprint`: one process for all, from HTML
    libreoffice  `soffice --headless`: one process for all, from HTML

With nothing but a peer and a number (`peers.py typst-once 300`) it prints the rate alone, as `KOMPETENZ_PEER` of
`cargo bench -p kompetenz-cli` expects it.
"""

import html
import importlib.metadata
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
STANDARDS = ["a-3a", "ua-1"]


def data(number):
    """A certificate of somebody: other names, other levels, other texts for each number."""
    return {
        "name": f"Elena Țurcanu-Димитрова {number}",
        "born": "12.03.1990",
        "attach": True,
        "areas": [
            {
                "title": f"Bereich {area}",
                "items": [
                    {"label": f"Kompetenz {area}.{item} Arbeitsweise", "value": 1 + (number * 7 + area * 3 + item * 5) % 4}
                    for item in range(6)
                ],
            }
            for area in range(4)
        ],
        "potentials": ["Schnelle Auffassungsgabe bei praktischen Aufgaben", "Hohe Motivation und Ausdauer", "Sprachliches Lernpotenzial"],
        "recommendations": [
            {
                "title": f"Empfehlung {item}",
                "step": 6 + item % 4,
                "text": "Teilnahme an einem berufsbezogenen Sprachkurs und einem betrieblichen Praktikum im Umfang von "
                f"{2 + (number + item) % 6} Wochen, begleitet durch die Beratungsstelle.",
            }
            for item in range(5)
        ],
    }


def page(number):
    """The same as HTML, with plain tables and bars."""
    told = data(number)
    rows = lambda items: "".join(
        f'<tr><td>{item["label"]}</td><td><div style="background:#e6e6e6;height:8pt">'
        f'<div style="background:#1d6f8f;height:8pt;width:{25 * item["value"]}%"></div></div></td><td>{item["value"]}/4</td></tr>'
        for item in items
    )
    areas = "".join(
        f'<h2>{area["title"]}</h2><table width="100%"><tr><th>Kompetenz</th><th>Profil</th><th>Stufe</th></tr>{rows(area["items"])}</table>'
        for area in told["areas"]
    )
    potentials = "".join(f"<li>{text}</li>" for text in told["potentials"])
    advice = "".join(
        f'<li><b>{item["title"]}</b> (Schritt {item["step"]}): {item["text"]}</li>' for item in told["recommendations"]
    )
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Zertifikat {html.escape(told["name"])}</title>'
        "<style>@page{size:A4;margin:2cm}body{font-size:10.5pt}</style></head>"
        f'<body><h1>Zertifikat</h1><p>{html.escape(told["name"])}, geboren am {told["born"]}</p>{areas}'
        f"<h2>Potenziale</h2><ul>{potentials}</ul><h2>Empfehlungsschritte</h2><ol>{advice}</ol></body></html>"
    )


def typst_once(count):
    import typst

    source = (HERE / "certificate.typ").read_bytes()
    fonts = typst.Fonts(include_system_fonts=False)
    for number in range(count):
        files = {"main.typ": source, "data.json": json.dumps(data(number)).encode()}
        typst.compile(files, font_paths=fonts, pdf_standards=STANDARDS)


def typst_each(count):
    command = shutil.which("typst")
    if command is None:
        __import__("typst")
    program = (
        "import sys, typst; typst.compile('certificate.typ', output='certificate.pdf', "
        f"font_paths=typst.Fonts(include_system_fonts=False), pdf_standards={STANDARDS!r})"
    )
    arguments = (
        [command, "compile", "--ignore-system-fonts", "--pdf-standard", ",".join(STANDARDS), "certificate.typ"]
        if command
        else [sys.executable, "-c", program]
    )

    def one(number):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(HERE / "certificate.typ", folder)
            (pathlib.Path(folder) / "data.json").write_text(json.dumps(data(number)))
            subprocess.run(arguments, cwd=folder, check=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, range(count)))


def weasyprint(count):
    from weasyprint import HTML

    for number in range(count):
        HTML(string=page(number)).write_pdf(pdf_variant="pdf/ua-1")


def libreoffice(count):
    if shutil.which("soffice") is None:
        raise ModuleNotFoundError("soffice")
    options = {"SelectPdfVersion": 3, "PDFUACompliance": True, "UseTaggedPDF": True}
    spelled = {key: {"type": "long" if type(value) is int else "boolean", "value": str(value).lower()} for key, value in options.items()}
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number in range(count):
            pages.append(f"{folder}/{number}.html")
            pathlib.Path(pages[-1]).write_text(page(number))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
             f"pdf:writer_web_pdf_Export:{json.dumps(spelled)}", "--outdir", folder, *pages],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        if len(list(pathlib.Path(folder).glob("*.pdf"))) != count:
            # It reports no error when a part of it is missing.
            raise ModuleNotFoundError("LibreOffice Writer (Debian: libreoffice-writer-nogui)")


# How much of the number each makes: the slow ones would take minutes.
PEERS = {"typst-once": (typst_once, 1), "typst-each": (typst_each, 4), "weasyprint": (weasyprint, 10), "libreoffice": (libreoffice, 4)}


def rate(peer, count):
    work, part = PEERS[peer]
    count = max(count // part, 4)
    begun = time.perf_counter()
    work(count)
    return count / (time.perf_counter() - begun)


def ours(program, count):
    """The whole program on all cores: reading, scoring, layout, files written."""
    many = (ROOT / "fixtures/results/many.csv").read_text().splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        results = pathlib.Path(folder) / "results.csv"
        # Two rows are one person.
        results.write_text("".join(many[: 1 + 2 * count]))
        begun = time.perf_counter()
        subprocess.run(
            [program, "batch", "assessments/nordstadt", results, "--out", f"{folder}/out", "--issued", "2026-11-22", "--quiet"],
            cwd=ROOT, check=True,
        )
        return len(list(pathlib.Path(folder, "out").glob("*.pdf"))) / (time.perf_counter() - begun)


def main():
    first, count, *chosen = sys.argv[1:]
    count = int(count)
    if first in PEERS:
        print(f"{rate(first, count):.1f} certificates per second")
        return
    program = str(pathlib.Path(first).resolve())
    for package in ("typst", "weasyprint"):
        try:
            print(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            pass
    before = ours(program, count)
    for peer in chosen or PEERS:
        try:
            theirs = rate(peer, count)
        except ImportError as missing:
            print(f"{peer:12} left out: {missing}")
            continue
        after = ours(program, count)
        mean = (before + after) / 2
        print(f"{peer:12} {theirs:7.1f}/s   ours {before:7.1f}/s before, {after:7.1f}/s after   ours / theirs {mean / theirs:6.1f}", flush=True)
        before = after


if __name__ == "__main__":
    main()
