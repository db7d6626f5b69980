"""Sentences and bodies from a vocabulary: what participants write, between 20 and 250 words, most often short."""

from vocabulary import SLOTS, Vocabulary

NARROW = "\u202f"
WIDE = "\u00a0"


class Writer:
    """Writes bodies, titles and paragraphs of law, each drawn from one source of random numbers."""

    def __init__(self, random):
        self.random = random
        self.words = w = Vocabulary(random)
        self.patterns = [
            (w.subject, " ", w.does, " ", w.object, "."),
            (w.subject, " ", w.of, " ", w.does, " ", w.object, "."),
            ("je pense que ", w.subject, " ", w.does, " ", w.object, " dans ", w.object, "."),
            ("il faut ", w.infinitive, " ", w.object, ", car ", w.subject, " ", w.does, " ", w.some, "."),
            ("pourquoi ", w.infinitive, " ", w.object, " sans ", w.infinitive, " ", w.object, NARROW, "?"),
            ("d’après ", w.object, ", ", w.subject, " ", w.does, " ", w.some, WIDE, "; c’est ", w.some, "."),
            ("à ", w.place, ", ", w.subject, " ", w.does, " ", w.object, " depuis ", w.number, "."),
            ("lorsqu’on veut ", w.infinitive, " ", w.object, ", ", w.subject, " ", w.does, " ", w.object, "."),
            ("l’article devrait ", w.infinitive, " ", w.object, " et ", w.infinitive, " ", w.object, "."),
            ("ce n’est pas ", w.to, " ", w.to_do, " ", w.object, ", mais ", w.to, "."),
            ("qu’il s’agisse ", w.of, " ou ", w.of, ", ", w.subject, " ", w.does, " ", w.object, "."),
            ("aujourd’hui, ", w.number, " suffisent pour ", w.infinitive, " ", w.object, " ", w.of, "."),
            ("«", WIDE, w.subject, " ", w.does, " ", w.object, WIDE, "», dit ", w.subject, " ", w.of, "."),
            ("je propose donc ", w.to_do, " **", w.object, "** avant ", w.number, "."),
            ("il y a ", w.some, ", ", w.some, " et ", w.some, " qui ne le savent pas encore."),
            ("n’oublions pas ", w.object, " (", w.number, "), ni ", w.object, " ", w.of, "."),
            ("j’habite ", w.place, WIDE, ": ", w.subject, " y ", w.does, " ", w.object, "."),
            ("jusqu’à présent, ", w.subject, " ", w.does, " ", w.object, ", quoi qu’en dise ", w.subject, "."),
        ]
        self.asks = [
            (w.infinitive, " ", w.object),
            (w.infinitive, " ", w.object, " ", w.of),
            (w.some, " pour ", w.infinitive, " ", w.object),
            ("ne pas ", w.infinitive, " ", w.object),
            ("donner ", w.some, " ", w.to),
        ]
        self.laws = [
            ("I. – ", w.subject, " ", w.does, " ", w.object, " dans un délai de deux mois."),
            ("II. – ", w.subject, " ", w.of, " ", w.does, " ", w.object, ", après avis ", w.of, "."),
            ("III. – un décret en Conseil d’État précise ", w.object, " et ", w.object, "."),
            ("IV. – la méconnaissance ", w.of, " est punie d’une amende de ", w.number, "."),
            ("V. – ", w.subject, " ", w.does, " chaque année ", w.object, " ", w.of, "."),
        ]

    def pick(self, choices):
        """One of a few."""
        return choices[int(self.random() * len(choices))]

    def fill(self, pattern):
        """A pattern with its blanks filled, its first letter large."""
        random = self.random
        words = "".join([p if type(p) is str else p[int(random() * SLOTS)] for p in pattern])
        for at, letter in enumerate(words[:8]):
            if letter.isalpha():
                return words[:at] + letter.upper() + words[at + 1 :]
        return words

    def title(self):
        """A few words, without a full stop."""
        return self.fill(self.pick(self.asks))

    def law(self, paragraphs):
        """The paragraphs of an article."""
        return [_after_number(self.fill(self.laws[at])) for at in range(paragraphs)]

    def body(self):
        """20 to 250 words of Markdown, half of them under 80."""
        random = self.random
        draw = random()
        left = 20 + int(215 * draw * draw)
        blocks, sentences, words = [], [], 0
        while words < left:
            sentence = self.fill(self.pick(self.patterns))
            sentences.append(sentence)
            words += sentence.count(" ") + 1
            if len(sentences) >= 4 and random() < 0.5:
                blocks.append(" ".join(sentences))
                sentences = []
                if random() < 0.15 and words < left:
                    items = [self.title() for _ in range(2 + int(random() * 3))]
                    words += sum(item.count(" ") + 1 for item in items)
                    blocks.append("\n".join(f"- {item}{WIDE};" for item in items))
        if sentences:
            blocks.append(" ".join(sentences))
        if random() < 0.04:
            blocks.append(f"Voir [{self.title().lower()}](https://exemple.fr/{int(random() * 1e6)}).")
        return self.habits("\n\n".join(blocks))

    def habits(self, text):
        """As people type: most with straight apostrophes and plain spaces, some all in small letters."""
        draw = self.random()
        if draw < 0.6:
            text = text.replace("’", "'").replace(WIDE, " ").replace(NARROW, " ")
        return text.lower() if draw < 0.05 else text


def _after_number(paragraph):
    number, rest = paragraph.split(" – ", 1)
    return f"{number} – {rest[0].upper()}{rest[1:]}"
