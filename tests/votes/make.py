#!/usr/bin/env python3
"""Makes a Greffe site of real votes, each counted again under its rule.

    make.py DATA ROOT GREFFE

DATA is the folder of real exports. GREFFE, the program, imports those that it reads; what comes as bare ballots (the
judgments of Orsay, 2007) becomes a vote here. Then what only a person knows is added by hand, as a clerk would: that the
official count of a leader election differs from the ballots. Python's standard library alone.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

GRADES = ["À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien"]
DEBIAN_2003 = (
    "Le dépouillement officiel de 2003 a placé Martin Michlmayr devant Bdale Garbee, de 4 voix. Les bulletins tels que "
    "PrefLib les conserve placent Bdale Garbee devant Martin Michlmayr, par 252 voix contre 228, soit de 24 voix : les "
    "deux décomptes diffèrent de 28 voix sur ce duel."
)
IDS = ["a-rejeter", "insuffisant", "passable", "assez-bien", "bien", "tres-bien"]


def plain(name: str) -> str:
    return name.lower().replace(" ", "-").replace("é", "e")


def write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def record(value: dict) -> str:
    """YAML that is also JSON, a key a line."""
    return "".join(f"{key}: {json.dumps(words, ensure_ascii=False)}\n" for key, words in value.items())


def orsay(data: Path, root: Path) -> None:
    """Three polling stations, six grades from 1 to 6; 0 is no opinion, which counts as the worst."""
    folder = root / "content" / "orsay-2007"
    names, rows = [], []
    for station in sorted(data.glob("ballots/*/bureau_*.csv")):
        with station.open(encoding="utf-8") as lines:
            table = csv.reader(lines)
            names = next(table)[1:]
            for number, *grades in table:
                said = ["" if grade == "0" else IDS[int(grade) - 1] for grade in grades]
                rows.append([f"{station.stem[-2:]}-{number}", *said])
    write(folder / "consultation.yaml", record({
        "title": "L’expérience d’Orsay", "language": "fr",
        "summary": "Le 22 avril 2007, les électeurs de trois bureaux d’Orsay ont aussi voté au jugement majoritaire.",
        "organiser": {"name": "M. Balinski et R. Laraki, École polytechnique"},
    }))
    write(folder / "votes" / "presidentielle.yaml", record({
        "title": "Élection présidentielle de 2007, au jugement majoritaire",
        "kind": "majority-judgment", "date": "2007-04-22", "ballots": "presidentielle.csv",
        "summary": "Un candidat que le bulletin ne juge pas est compté « à rejeter ».",
        "rule": {"grades": [{"id": key, "title": title} for key, title in zip(IDS, GRADES)]},
        "options": [{"id": plain(name), "title": name} for name in names],
        "winners": ["bayrou"],
    }))
    with (folder / "votes" / "presidentielle.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["voter", *map(plain, names)])
        table.writerows(rows)


def debian(root: Path) -> None:
    """In 2003 the official count gave Michlmayr, by 4 votes; the ballots as they are kept give Garbee, by 4 as well."""
    for vote in (root / "content" / "debian" / "votes").glob("*.yaml"):
        words = vote.read_text(encoding="utf-8")
        if "2003" in words.split("\n", 1)[0]:
            vote.write_text(words + record({
                "winners": ["martin-michlmayr"],
                "acknowledged": {"reason": DEBIAN_2003, "date": "2026-11-27"},
            }), encoding="utf-8")


def main() -> None:
    data, root, greffe = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    write(root / "greffe.yaml", record({
        "title": "Votes d’essai", "languages": ["fr"], "licence": "etalab-2.0",
        "base_url": "https://archives.example.org/archives/essai/",
    }))
    imports = [
        ("pabulib", "pabulib", "budgets", "Six budgets participatifs"),
        ("preflib", "debian-elections", "debian", "Quatre élections du projet Debian"),
        ("polis", "polis/15-per-hour-seattle", "seattle", None),
        ("polis", "polis/brexit-consensus", "brexit", None),
        ("assemblee-nationale", "assemblee-scrutins", "assemblee", "Trois textes à l’Assemblée nationale"),
    ]
    for source, folder, slug, title in imports:
        call = [greffe, "import", source, str(data / folder), "--into", str(root), "--slug", slug]
        subprocess.run(call + (["--title", title] if title else []), check=True)
    orsay(data / "majority-judgement-orsay-2007", root)
    debian(root)


main()
