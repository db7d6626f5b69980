#!/usr/bin/env python3
"""Writes a consultation of SIZE contributions into DIR, the same bytes on every machine: a site whose content is a
bill of thirty articles, contributions as one Markdown file each in `contributions/2026/03/14/`, and responses.

Two profiles. `mixed` has the proportions of a real platform (a third of what is written has a page, the rest is
arguments, sources and comments on it); `pages` has proposals alone, each with a page.

    generate.py 10000 /tmp/site --profile mixed
"""

import argparse
import pathlib
import random as chance
import sys

from writing import Writer

SEED = 2026
DAYS = 90
SECONDS = DAYS * 86_400
MONTHS = [("2026-03", 31), ("2026-04", 30), ("2026-05", 31)]
SUMMER_TIME = 28  # 29 March 2026, days after the first
ARTICLES = 30
PER_RESPONSE = 100
SPREAD_FROM = 5_000
CATEGORIES = ["acces", "delais", "donnees", "finances", "controle", "territoires", "suivi"]
THEMES = ["écoles", "eau", "données", "élus", "santé", "forêts", "numérique", "impôts"]
TREES = ["Saule", "Frêne", "Menthe", "Cresson", "Prêle", "Aulne", "Érable", "Tilleul", "Fougère", "Genêt"]

# What is written, by share of all: those with a page, then those that stand on another's page.
WITH_PAGE = [("proposal", 0.20), ("wording", 0.12), ("petition", 0.01)]
ON_A_PAGE = [("argument", 0.46), ("comment", 0.15), ("source", 0.06)]


def main():
    args = arguments()
    site = args.dir
    if site.exists() and any(site.iterdir()):
        sys.exit(f"{site} is not empty")
    writer = Writer(chance.Random(SEED).random)
    nodes = plan(args.size, args.profile, writer.random)
    folder = site / "content" / "consultation"
    frame(folder, args, writer)
    contributions(folder / "contributions", nodes, writer)
    responses(folder / "responses", nodes, writer)
    put(site / "content" / "index.md", "---\ntitle: Consultations\n---\nUn banc d’essai.\n")

    # Last, so that a folder with this file is whole.
    put(site / "greffe.yaml", SITE)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("size", type=int)
    parser.add_argument("dir", type=pathlib.Path)
    parser.add_argument("--profile", choices=["mixed", "pages"], default="mixed")
    return parser.parse_args()


SITE = """\
title: "Banc d’essai"
description: "Une consultation engendrée, pour mesurer."
languages: [fr]
publisher: {name: "Personne"}
licence: etalab-2.0
base_url: https://consultations.example
timezone: Europe/Paris
"""


class Node:
    """A contribution before its words: what it is, when it came, on which other it stands."""

    __slots__ = ("kind", "time", "parent", "id")

    def __init__(self, kind, time, parent):
        self.kind, self.time, self.parent, self.id = kind, time, parent, ""


def plan(size, profile, random):
    """The contributions, oldest first and numbered so."""
    if profile == "pages":
        nodes = [Node("proposal", int(random() * SECONDS), None) for _ in range(size)]
    else:
        nodes = [Node(kind, int(random() * SECONDS), None) for kind in kinds(size, WITH_PAGE)]
        pages = len(nodes)
        for kind in kinds(size - pages, ON_A_PAGE):
            draw = random()
            if draw < 0.08:
                # On an article, not on what somebody wrote.
                nodes.append(Node(kind, int(random() * SECONDS), None))
                continue
            if kind == "comment" and draw < 0.3:
                # An answer to anything said before, arguments included.
                parent = nodes[int(random() * len(nodes))]
            else:
                # Few draw most of the replies: density 1/√ of the rank, over pages in a fixed disorder.
                rank = int(pages * random() * random())
                parent = nodes[rank * 7919 % pages]
            later = random()
            time = parent.time + int((SECONDS - parent.time) * later * later)
            nodes.append(Node(kind, time, parent))
    ranks = sorted(range(len(nodes)), key=lambda at: (nodes[at].time, at))
    for number, at in enumerate(ranks, 1):
        nodes[at].id = f"c-{number:06}"
    return [nodes[at] for at in ranks]


def kinds(size, shares):
    """Kinds in proportion to their shares; the first takes what rounding leaves when shares are of these alone."""
    all_shares = WITH_PAGE + ON_A_PAGE
    if shares is ON_A_PAGE:
        total = sum(share for _, share in shares)
        counts = [int(size * share / total) for _, share in shares]
        counts[0] += size - sum(counts)
    else:
        counts = [int(size * share / sum(s for _, s in all_shares)) for _, share in shares]
    return [kind for (kind, _), count in zip(shares, counts) for _ in range(count)]


def day(time):
    """2026, 03, 14 of a number of seconds since the opening."""
    left = time // 86_400
    for month, days in MONTHS:
        if left < days:
            return month[:4], month[5:], f"{left + 1:02}"
        left -= days
    raise ValueError(time)


def moment(time):
    """With seconds and a zone: the one spelling of a time that every reader of YAML takes for a date."""
    year, month, date = day(time)
    seconds = time % 86_400
    zone = "+01:00" if time // 86_400 < SUMMER_TIME else "+02:00"
    return f"{year}-{month}-{date}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{zone}"


def contributions(folder, nodes, writer):
    made = set()
    for node in nodes:
        into = folder.joinpath(*day(node.time))
        if into not in made:
            into.mkdir(parents=True, exist_ok=True)
            made.add(into)
        with open(f"{into}/{node.id}.md", "wb") as file:
            file.write(contribution(node, writer).encode())


def contribution(node, writer):
    """Front matter and words."""
    random, pick = writer.random, writer.pick
    has_page = node.kind in ("proposal", "wording", "petition")
    lines = ["---", f"kind: {node.kind}"]
    if has_page or node.kind == "source":
        lines.append(f'title: "{writer.title()}"')
    lines.append(author(random, pick))
    lines.append(f"date: {moment(node.time)}")
    if node.parent is not None:
        lines.append(f"parent: {node.parent.id}")
    elif node.kind == "wording" or not has_page or random() < 0.6:
        article = 1 + int(ARTICLES * random() * random())
        number = "1er" if article == 1 else str(article)
        lines.append(f'on: {{text: projet, version: depot, article: "{number}"}}')
    if node.kind == "argument":
        lines.append(f"position: {pick(['for', 'for', 'against', 'against', 'mixed'])}")
    if has_page:
        lines.append(f"category: {pick(CATEGORIES)}")
        if random() < 0.5:
            lines.append(f"themes: [{pick(THEMES)}]")
        lines.append(votes(random))
    elif random() < 0.5:
        lines.append(votes(random))
    if node.kind == "petition":
        lines.append(f"signatures: {int(50 / (random() + 0.002))}")
    if node.kind == "source":
        lines.append(f"link: https://exemple.fr/{node.id}")
    if random() < 0.15:
        lines.append(f'place: "{writer.words.place[int(random() * 1000)]}"')
    if random() < 0.08:
        lines.append(f"channel: {pick(['paper', 'mail'])}")
    if not has_page and random() < 0.015:
        # Withheld: the reason stays, the words do not.
        lines.append("moderation: {state: withheld, reason: hors-sujet, date: 2026-06-02}")
        lines.append("---\n")
        return "\n".join(lines)
    lines.append("---")
    return "\n".join(lines) + f"\n{writer.body()}\n"


def author(random, pick):
    if random() < 0.03:
        return f'author: {{pseudonym: "{pick(TREES)}", kind: organisation, organisation: "Les amis de {pick(TREES)}"}}'
    return f'author: {{pseudonym: "{pick(TREES)} {int(random() * 3000):04}", kind: citizen}}'


def votes(random):
    """Few gather many."""
    reach = 8 / (random() + 0.004)
    return f"votes: {{for: {int(reach * random())}, mixed: {int(reach * 0.2 * random())}, against: {int(reach * 0.6 * random())}}}"


def frame(folder, args, writer):
    """The consultation, its bill, what is recorded of each article."""
    spread = "spread: true\n" if args.size >= SPREAD_FROM else ""
    categories = "".join(f'  - {{id: {c}, title: "{c.capitalize()}"}}\n' for c in CATEGORIES)
    put(
        folder / "consultation.yaml",
        f'title: "Consultation de {args.size} contributions"\n'
        'summary: "Engendrée pour mesurer la construction d’un site."\n'
        'organiser: {name: "Personne"}\n'
        "language: fr\n"
        f"{spread}"
        "phases:\n"
        "  - {kind: contribution, start: 2026-03-01, end: 2026-05-31}\n"
        "  - {kind: answer, start: 2026-06-01, end: 2026-06-30}\n"
        f"categories:\n{categories}"
        "authors: pseudonym\n"
        "moderation:\n"
        "  charter: Tout est publié, sauf ce qui est sans rapport avec le texte.\n"
        '  reasons:\n    - {id: hors-sujet, title: "Sans rapport avec le texte"}\n'
        "licence: etalab-2.0\n",
    )
    put(folder / "index.md", f"---\ntitle: Présentation\n---\n{writer.body()}\n")
    text = folder / "texts" / "projet"
    put(
        text / "text.yaml",
        'kind: bill\ntitle: "Projet de loi engendré"\nnumbering: french\n'
        "versions:\n"
        '  - {id: depot, title: "Texte déposé", date: 2026-02-16, stage: tabled}\n',
    )
    blocks, records = [], []
    for article in range(1, ARTICLES + 1):
        if article % 10 == 1:
            blocks.append(f"# Titre {['Ier', 'II', 'III'][article // 10]} – {writer.title()}")
        number = "1er" if article == 1 else str(article)
        blocks.append(f"## Article {number} – {writer.title()}")
        blocks.extend(writer.law(3 + int(writer.random() * 3)))
        records.append(f'- article: "{number}"\n  explanation: |\n    {writer.title()}.\n  {votes(writer.random)}\n')
    put(text / "depot.md", "\n\n".join(blocks) + "\n")
    put(text / "articles.yaml", "".join(records))


def responses(folder, nodes, writer):
    """An answer for every hundred contributions, each to a few that have a page."""
    pages = [node.id for node in nodes if node.kind in ("proposal", "wording", "petition")]
    for number in range(1, len(nodes) // PER_RESPONSE + 1):
        to = sorted({writer.pick(pages) for _ in range(2 + int(writer.random() * 6))})
        put(
            folder / f"r-{number:04}.md",
            f'---\ntitle: "{writer.title()}"\nto: [{", ".join(to)}]\nauthor: {{name: "Personne"}}\n'
            f"date: 2026-06-{1 + number % 30:02}\n"
            f"decision: {writer.pick(['kept', 'kept-in-part', 'not-kept', 'out-of-scope'])}\n"
            f"---\n{writer.body()}\n",
        )


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
