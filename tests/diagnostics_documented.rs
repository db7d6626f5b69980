//! `docs/diagnostics.md` and `docs/diagnostics.fr.md` are written from the catalogue, with an example of each code
//! as Greffe shows it. They are compared here; `GREFFE_WRITE_DOCS=1 cargo test --test diagnostics_documented`
//! writes them again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

mod told;

use greffe::check::Options;
use greffe::diag::report::{Format, SHOWN, report};
use greffe::diag::{Code, Severity};
use greffe::lang::Speech;
use greffe::source::{Breakage, Contents, Sources};
use std::fmt::Write;
use told::{examine, site_of};

/// A second version of the text.
const TWO_VERSIONS: &str = "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Déposé, date: 2026-01-01, stage: tabled}\n  - {id: adopte, title: Adopté, date: 2026-02-01, stage: adopted}\n";

/// An adopted amendment that replaces words of article 1.
fn adopted(number: &str, words: &str, with: &str) -> String {
    format!(
        "---\nnumber: {number}\narticle: 1\noutcome: adopted\noperations:\n  - replace: {words}\n    with: {with}\n---\n"
    )
}

/// The smallest content of which a code is told.
fn example(code: Code) -> Sources {
    let broken = |path, breakage| site_of([(path, Contents::Broken(breakage))]);
    let file = |path, text: &str| site_of([(path, Contents::Text(text.into()))]);
    let contribution = |words: &str| file("contributions/c-012.md", &format!("---\nkind: proposal\n{words}"));
    match code {
        Code::G001 => broken("contributions/c-012.md", Breakage::NotUtf8 { valid_up_to: 61 }),
        Code::G002 => broken("contributions/export.yaml", Breakage::TooLarge { bytes: 50 << 20, limit: 8 << 20 }),
        Code::G003 => broken("documents/plan.pdf", Breakage::Symlink),
        Code::G004 => broken("documents/plan.pdf", Breakage::Unreadable("Permission denied (os error 13)".into())),
        Code::G005 => file("/content/pages/…….md", ""),
        Code::G006 => file("votes/budget.yaml", "title: Budget : le vote\nkind: poll\n"),
        Code::G007 => contribution("title: L’eau\ntitle: L’air\n---\nProtégeons-la.\n"),
        Code::G008 => contribution("title: *urgent* L’eau\n---\nProtégeons-la.\n"),
        Code::G009 => file("votes/budget.yaml", &format!("title: {}{}\n", "[".repeat(65), "]".repeat(65))),
        Code::G010 => contribution("titel: L’eau\n---\nProtégeons-la.\n"),
        Code::G011 => file("contributions/c-012.md", "---\ntitle: L’eau\n---\nProtégeons-la.\n"),
        Code::G012 => file(
            "amendments/CL12.md",
            "---\narticle: 1\noperations:\n  - replace: \"trois mois\"\n    with: \"un mois\"\n---\n",
        ),
        Code::G013 => contribution("signatures: une centaine\n---\nProtégeons-la.\n"),
        Code::G014 => file("contributions/c-012.md", "---\nkind: propsal\n---\nProtégeons-la.\n"),
        Code::G015 => contribution("date: 2026-02-30\n---\nProtégeons-la.\n"),
        Code::G016 => contribution("id: n° 12\n---\nProtégeons-la.\n"),
        Code::G017 => file(
            "contributions/papier.yaml",
            "- {id: p-1, kind: comment, body: Oui}\n- {id: P-1, kind: comment, body: Non}\n",
        ),
        Code::G018 => contribution("on: {article: 3}\n---\nProtégeons-la.\n"),
        Code::G019 => contribution("parent: c-012\n---\nProtégeons-la.\n"),
        Code::G020 => contribution("attachments: {path: ../../notes.pdf, title: Notes}\n---\nProtégeons-la.\n"),
        Code::G021 => file("amendments/CL12.md", "---\ndate: 2026-02-02\ndecided: 2026-01-30\n---\n"),
        Code::G022 => file("amendements/CL12.md", ""),
        Code::G023 => file("contributions/c-012.md", "Protégeons l’eau.\n"),
        Code::G024 => contribution("attachments: {path: documents/plan.pdf, title: Plan}\n---\nProtégeons-la.\n"),
        Code::G025 => site_of([
            ("votes/final.csv", Contents::Text("voter,choice\na,for\nb,against\n".into())),
            (
                "votes/final.yaml",
                Contents::Text(
                    "title: Vote final\nkind: roll-call\nballots: final.csv\ntotals: {for: 2, against: 0}\n".into(),
                ),
            ),
        ]),
        Code::G026 => file("votes/final.yaml", "title: Vote final\nkind: roll-call\n"),
        Code::G027 => contribution("aliases: [ancien/12, ancien/12/index.html]\n---\nProtégeons-la.\n"),
        Code::G028 => file("/greffe.yaml", "title: {fr: Consultations}\nlanguages: [fr, en]\n"),
        Code::G030 => contribution("---\nAppelez-moi au 06 12 34 56 78.\n"),
        Code::G031 => site_of([
            (
                "consultation.yaml",
                Contents::Text(
                    "title: T\nsummary: S\norganiser: {name: O}\nmoderation: {reasons: {id: injure, title: I}}\n"
                        .into(),
                ),
            ),
            (
                "contributions/c-012.md",
                Contents::Text("---\nkind: comment\nmoderation: {state: withheld, reason: injure}\n---\n…\n".into()),
            ),
        ]),
        Code::G032 => contribution("---\n"),
        Code::G033 => file("amendments/CL12.md", "---\narticle: 1\noperations:\n  - replace: \"deux mois\"\n---\n"),
        Code::G034 => Sources::default(),
        Code::G035 => file("/themes/default/templates/page.html", "{% if title %}\n"),
        Code::G036 => file("contributions/Réponse 12.md", "---\nkind: comment\n---\nProtégeons-la.\n"),
        Code::G037 => {
            let many: String = (0..5_001).map(|i| format!("- {{id: c{i}, kind: comment, body: Oui}}\n")).collect();
            file("contributions/c.yaml", &many)
        }
        Code::G038 => file("contributions/c-012.md", "---\nkind: propsal\n---\nProtégeons-la.\n"),
        Code::G040 => site_of([
            ("texts/projet/text.yaml", Contents::Text(TWO_VERSIONS.into())),
            ("texts/projet/adopte.md", Contents::Text("# Article 1\n\nDans le mois.\n\n# Article 2\n\nLa maire répond.\n".into())),
            ("amendments/CL12.md", Contents::Text(adopted("CL12", "deux mois", "un mois").into())),
        ]),
        Code::G041 => site_of([
            ("amendments/CL12.md", Contents::Text("---\narticle: 1\noutcome: rejected\noperations:\n  - {replace: deux mois, with: un mois}\n---\n".into())),
            ("amendments/CL13.md", Contents::Text("---\narticle: 1\noutcome: adopted\nafter: CL12\noperations:\n  - {replace: un mois, with: un an}\n---\n".into())),
        ]),
        Code::G042 => site_of([
            ("amendments/CL12.md", Contents::Text(adopted("CL12", "deux mois", "un mois").into())),
            ("amendments/CL13.md", Contents::Text(adopted("CL13", "les deux mois", "l’année").into())),
        ]),
        Code::G045 => {
            let with = |months: &'static str| [("texts/projet/depot.md", months)];
            told::frozen(
                &with("# Article 1\n\nDans les deux mois.\n"),
                &with("# Article 1\n\nDans les trois mois.\n"),
                |record| record,
            )
        }
        Code::G046 => told::frozen(&[], &[], |record| {
            record.lines().filter(|line| !line.contains("depot.md")).map(|line| format!("{line}\n")).collect()
        }),
        Code::G047 => site_of([
            ("contributions/c-012.md", Contents::Text("---\nkind: proposal\n---\nUn mois.\n".into())),
            (
                "responses/r-1.md",
                Contents::Text("---\nto: c-012\nauthor: {name: La mairie}\ndate: 2026-01-12\ndecision: kept\n---\nOui.\n".into()),
            ),
        ]),
        Code::G048 => site_of([
            ("contributions/c-012.md", Contents::Text("---\nkind: proposal\n---\nUn mois.\n".into())),
            (
                "responses/r-1.md",
                Contents::Text("---\nto: c-012\nauthor: {name: La mairie}\ndate: 2026-01-12\ndecision: not-kept\n---\nNon.\n".into()),
            ),
            ("amendments/CL12.md", Contents::Text("---\narticle: 1\noutcome: adopted\ncontributions: c-012\n---\n".into())),
        ]),
        Code::G049 => site_of([
            (
                "consultation.yaml",
                Contents::Text(
                    "title: T\nsummary: S\norganiser: {name: O}\nmoderation: {reasons: {id: injure, title: I}}\n"
                        .into(),
                ),
            ),
            (
                "contributions/c-012.md",
                Contents::Text("---\nkind: proposal\nmoderation: {state: withheld, reason: injure}\n---\n".into()),
            ),
            (
                "synthesis/s-1.md",
                Contents::Text("---\ntitle: Synthèse\nauthor: {name: La mairie}\ndate: 2026-01-12\n---\nOn veut aller vite [@c-012].\n".into()),
            ),
        ]),
        Code::G043 => site_of([
            (
                "consultation.yaml",
                Contents::Text(
                    "title: T\nsummary: S\norganiser: {name: O}\nquestions:\n  - {id: m3, title: Combien ?, kind: number}\n"
                        .into(),
                ),
            ),
            (
                "contributions/c-012.yaml",
                Contents::Text("- id: c-012\n  kind: answer\n  answers: {m3: beaucoup}\n".into()),
            ),
        ]),
        Code::G044 => site_of([
            (
                "consultation.yaml",
                Contents::Text(
                    "title: T\nsummary: S\norganiser: {name: O}\nmoderation: {reasons: {id: injure, title: I}}\n"
                        .into(),
                ),
            ),
            (
                "contributions/c-012.md",
                Contents::Text(
                    "---\nkind: proposal\nmoderation: {state: withheld, reason: injure}\n---\nMon voisin pompe la nuit dans la nappe sans compteur.\n"
                        .into(),
                ),
            ),
            (
                "contributions/c-013.md",
                Contents::Text(
                    "---\nkind: comment\nparent: c-012\n---\nVous écrivez : mon voisin pompe la nuit dans la nappe.\n".into(),
                ),
            ),
        ]),
        Code::G039 => contribution("---\nLe mont\u{202e}ant est de 12 €.\n"),
    }
}

const HEAD_EN: &str = "\
# Diagnostics

`greffe check` reads everything, and says everything that is wrong in one run. A *warning* is for somebody to look
at; an *error* stops `greffe build` until it is mended, or until the record at fault is left out with
`--quarantine`, which the pages and the report then say. A code never changes its meaning.

- `--format human` (the default) shows the lines at fault; after a hundred it counts the rest.
- `--format short` gives one line each, `file:line:column: error[G012]: message (help)`, for editors and logs.
- `--format json` gives an array with an object for each: `code`, `severity` (`error` or `warning`), `file`, `line`,
  `column` (from 1, in characters), `end` (`line`, `column`), `message`, `label`, `help`, and `related`, a list of
  other places, each with `file`, `line`, `column`, `end` and `message`. What does not apply is `null`.

`--lang fr` and `--lang en` choose the language. The exit status is 0 when there is no error, 1 when there is one,
2 when the call itself is wrong.
";

const HEAD_FR: &str = "\
# Diagnostics

`greffe check` lit tout et dit en une fois tout ce qui ne va pas. Un *avertissement* demande qu’on regarde ; une
*erreur* arrête `greffe build` tant qu’elle n’est pas corrigée, ou que l’objet en faute n’est pas laissé de côté par
`--quarantine`, ce que les pages et le compte rendu disent alors. Un code ne change jamais de sens.

- `--format human` (par défaut) montre les lignes en faute ; au-delà de cent, il compte les autres.
- `--format short` donne une ligne pour chacune, `fichier:ligne:colonne: erreur[G012]: message (aide)`, pour les
  éditeurs et les journaux.
- `--format json` donne un tableau avec un objet pour chacune : `code`, `severity` (`error` ou `warning`), `file`,
  `line`, `column` (à partir de 1, en caractères), `end` (`line`, `column`), `message`, `label`, `help`, et
  `related`, la liste d’autres endroits, chacun avec `file`, `line`, `column`, `end` et `message`. Ce qui n’a pas
  lieu d’être est `null`.

`--lang fr` et `--lang en` choisissent la langue. Le code de sortie est 0 sans erreur, 1 avec, 2 quand c’est
l’appel qui est mauvais.
";

fn document(speech: Speech) -> String {
    let pick = |(fr, en): (&'static str, &'static str)| match speech {
        Speech::Fr => fr,
        Speech::En => en,
    };
    let mut out = pick((HEAD_FR, HEAD_EN)).to_owned();
    for code in Code::ALL {
        let sources = example(*code);
        let quarantine = *code == Code::G038;
        let mut problems = examine(&sources, &Options { quarantine, ..Options::default() });
        problems.retain(|p| p.code == *code);
        assert!(!problems.is_empty(), "the example of {} does not show it", code.as_str());
        let shown = report(&problems[..1], &sources, speech, Format::Human, false, SHOWN);
        for unset in ["« ", " »", " ;", " ?"] {
            let words = [
                problems[0].message.fr.as_str(),
                &problems[0].remedy().fr,
                code.meaning().0,
                code.remedy().0,
            ];
            assert!(words.iter().all(|w| !w.contains(unset)), "a no-break space is missing: {words:?}");
        }
        let shown = shown.trim_end().rsplit_once("\n\n").map_or("", |(drawn, _summary)| drawn);
        let severity = match code.severity() {
            Severity::Error => pick(("Erreur", "Error")),
            Severity::Warning => pick(("Avertissement", "Warning")),
        };
        let (meaning, remedy) = (pick(code.meaning()), pick(code.remedy()));
        let name = code.as_str();
        let _ = write!(out, "\n## {name}\n\n{severity}. {meaning} {remedy}\n\n```text\n{shown}\n```\n");
    }
    out
}

fn compare(path: &str, written: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var("GREFFE_WRITE_DOCS").is_ok() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, written).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == written, "{} is out of date: GREFFE_WRITE_DOCS=1 writes it again", path.display());
}

#[test]
fn the_english_document_is_the_catalogue_s() {
    compare("docs/diagnostics.md", &document(Speech::En));
}

#[test]
fn the_french_document_is_the_catalogue_s() {
    compare("docs/diagnostics.fr.md", &document(Speech::Fr));
}
