"""A French-like vocabulary: a few hundred words that consultations use, then as many built ones as a large
consultation has rare words. In: a source of random numbers. Out: tables of phrases from which sentences are put
together, in which the word of rank r fills about 1/r of the places (Zipf), agreed and elided as French does.
Only additions, multiplications and divisions are used, so that the tables are the same on every machine."""

SLOTS = 1 << 17

NOUNS = {
    "m": "article projet texte délai droit contrôle service quartier maire budget coût prix logement transport "
    "citoyen agent emploi territoire élu parlement registre débat vote amendement accès usage réseau document "
    "rapport bâtiment train vélo arbre sol moyen besoin risque avis recours contrat dossier fichier "
    "format logiciel site compte numéro tarif impôt revenu foyer enfant parent élève malade patient médecin",
    "f": "loi eau commune école ville donnée règle mesure décision consultation contribution proposition "
    "énergie terre rivière santé maison famille personne association entreprise collectivité région question "
    "réponse transparence information liberté protection publication sécurité dépense taxe aide formation "
    "place route voiture gare forêt ressource qualité pollution interdiction obligation sanction autorité "
    "autorisation administration assemblée séance campagne année retraite ordonnance université",
}
ADJECTIVES = (
    "public local national territorial social légal gratuit ouvert clair simple juste utile nécessaire "
    "important obligatoire individuel collectif européen agricole numérique écologique économique rural "
    "urbain annuel financier administratif parlementaire citoyen responsable durable accessible précis rapide"
).split()
VERBS = (
    "préciser améliorer limiter financer contrôler publier associer évaluer simplifier modifier supprimer "
    "ajouter créer adapter informer aider encadrer réserver imposer autoriser proposer demander assurer "
    "favoriser développer consulter respecter renforcer partager préserver diminuer augmenter ignorer oublier "
    "concerner organiser écouter expliquer justifier motiver garder former réparer économiser utiliser "
    "éviter accompagner obliger poser menacer compliquer refuser accepter étudier"
).split()
NUMBERS = (
    "deux mois|12 %|3 000 euros|dix ans|2024|trente jours|1,5 million d’habitants|un tiers|la moitié|"
    "40 % des foyers|cinq kilomètres|six semaines|0,8 point|vingt communes|2 500 logements|quinze jours"
).split("|")
PLACES = (
    "Saint-Aubry|Cernon|Vaubrun|Lorme|Plaine-du-Roy|Aiguebelle|Villeneuve-d’Ascq|L’Haÿ-les-Roses|"
    "Évry|Nîmes|Besançon|Châteauroux|Saint-Étienne|Aÿ-Champagne|Œuilly|Fort-de-France"
).split("|")

ONSETS = "b c d f g l m n p r s t v br cr dr fr gr pl pr tr ch qu st".split()
VOWELS = "a e i o u a e i o u a i o é é è ou an on in eu oi ai ê â".split()
CODAS = ["", "", "", "", "", "", "l", "n", "r", "s"]
NOUN_ENDINGS = [
    ("tion", "f"), ("ment", "m"), ("age", "m"), ("ité", "f"), ("eur", "m"), ("isme", "m"), ("ure", "f"),
    ("ance", "f"), ("oir", "m"), ("eau", "m"), ("erie", "f"), ("ette", "f"), ("ier", "m"), ("ée", "f"),
]  # fmt: skip
ADJECTIVE_ENDINGS = ["ique", "al", "eux", "if", "é", "able", "ant", "ier", "ais", "oire"]
FEMININE = [
    ("eux", "euse"), ("if", "ive"), ("ier", "ière"), ("el", "elle"), ("éen", "éenne"), ("en", "enne"),
]  # fmt: skip


class Vocabulary:
    """Tables of SLOTS phrases each; `table[int(random() * SLOTS)]` draws one by its frequency."""

    def __init__(self, random, rare=1.0):
        stems = _stems(random)
        nouns = [(word, gender) for gender, words in NOUNS.items() for word in words.split()]
        nouns.sort(key=lambda noun: _mixed(noun[0]))
        for _ in range(int(24_000 * rare)):
            ending, gender = NOUN_ENDINGS[int(random() * len(NOUN_ENDINGS))]
            nouns.append((next(stems) + ending, gender))
        adjectives = list(ADJECTIVES)
        for _ in range(int(9_000 * rare)):
            adjectives.append(next(stems) + ADJECTIVE_ENDINGS[int(random() * len(ADJECTIVE_ENDINGS))])
        verbs = list(VERBS) + [next(stems) + "er" for _ in range(int(6_000 * rare))]

        noun_at, adjective_at, verb_at = (_zipf(len(words), random) for words in (nouns, adjectives, verbs))

        def noun(plural_share):
            word, gender = nouns[noun_at[int(random() * SLOTS)]]
            plural = random() < plural_share
            phrase = _plural(word) if plural else word
            if random() < 0.35:
                phrase += " " + _agree(adjectives[adjective_at[int(random() * SLOTS)]], gender, plural)
            return phrase, gender, plural, word[0] in "aeiouéèêâœ"

        def table(make):
            return [make() for _ in range(SLOTS)]

        def verb():
            return verbs[verb_at[int(random() * SLOTS)]]

        self.subject = table(lambda: _definite(*noun(0.0)))
        self.object = table(lambda: _definite(*noun(0.4)))
        self.some = table(lambda: _indefinite(*noun(0.4)))
        self.of = table(lambda: _of(*noun(0.4)))
        self.to = table(lambda: _to(*noun(0.4)))
        self.infinitive = table(verb)
        self.to_do = table(lambda: _elided("de ", verb()))
        self.does = table(lambda: _conjugated(verb(), random()))
        self.number = [NUMBERS[int(random() * len(NUMBERS))] for _ in range(SLOTS)]
        self.place = [PLACES[int(random() * len(PLACES))] for _ in range(SLOTS)]


def _mixed(word):
    """A fixed order that is not the alphabet's: common words should not be the first of the list."""
    key = 0
    for letter in word:
        key = (key * 1_000_003 + ord(letter)) & 0xFFFFFFFF
    return key


def _stems(random):
    seen = set()
    while True:
        parts = []
        if random() < 0.25:
            parts.append(VOWELS[int(random() * len(VOWELS))])
        for _ in range(1 + int(random() * 2.2)):
            parts.append(ONSETS[int(random() * len(ONSETS))])
            parts.append(VOWELS[int(random() * len(VOWELS))])
        parts.append(CODAS[int(random() * len(CODAS))] or ONSETS[int(random() * 13)])
        stem = "".join(parts)
        if stem not in seen:
            seen.add(stem)
            yield stem


def _zipf(words, random):
    """SLOTS ranks, rank r in proportion to 1 / (r + 2.7); the rarest share what is left of the slots."""
    weights = [1.0 / (rank + 2.7) for rank in range(words)]
    step = sum(weights) / SLOTS
    ranks, rank, reached = [], 0, weights[0]
    at = step * random()
    for _ in range(SLOTS):
        while reached < at and rank + 1 < words:
            rank += 1
            reached += weights[rank]
        ranks.append(rank)
        at += step
    return ranks


def _plural(word):
    if word.endswith(("eau", "eu")):
        return word + "x"
    return word if word.endswith(("s", "x", "z")) else word + "s"


def _agree(adjective, gender, plural):
    if gender == "f":
        for ending, feminine in FEMININE:
            if adjective.endswith(ending):
                adjective = adjective[: -len(ending)] + feminine
                break
        else:
            adjective += "" if adjective.endswith("e") else "e"
    elif plural and adjective.endswith("al"):
        return adjective[:-2] + "aux"
    return _plural(adjective) if plural else adjective


def _definite(phrase, gender, plural, vowel):
    if plural:
        return "les " + phrase
    return "l’" + phrase if vowel else ("la " if gender == "f" else "le ") + phrase


def _indefinite(phrase, gender, plural, vowel):
    return ("des " if plural else "une " if gender == "f" else "un ") + phrase


def _of(phrase, gender, plural, vowel):
    if plural:
        return "des " + phrase
    return "de l’" + phrase if vowel else ("de la " if gender == "f" else "du ") + phrase


def _to(phrase, gender, plural, vowel):
    if plural:
        return "aux " + phrase
    return "à l’" + phrase if vowel else ("à la " if gender == "f" else "au ") + phrase


def _elided(word, verb):
    return f"{word[:-2]}’{verb}" if verb[0] in "aeiouéèêâ" else word + verb


def _conjugated(verb, draw):
    stem = verb[:-2]
    if draw < 0.40:
        return stem + "e"
    if draw < 0.52:
        return verb + "a"
    if draw < 0.64:
        return verb + "ait"
    if draw < 0.74:
        return "doit " + verb
    if draw < 0.84:
        return "a " + stem + "é"
    if draw < 0.93:
        return _elided("ne ", stem + "e") + " pas"
    return "permettrait " + _elided("de ", verb)
