//! What is gathered → content that has no fault. Each test is the smallest export that shows one idea.

use super::*;
use crate::import::pseudonym::Key as Secret;
use crate::import::report::Fate;
use crate::import::{Imported, Options};
use crate::model::choices::{CommitmentStatus, Decision, MeetingKind, QuestionKind};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::source::{Contents, SourceFile, Sources};

fn options() -> Options {
    Options {
        slug: Id::new("essai").unwrap(),
        key: Secret([7; 32]),
        first_import: Date::parse("2026-11-22").unwrap(),
        keep_names: BTreeSet::new(),
        title: None,
    }
}

/// A piece on the first line that has its key's number.
fn piece(what: What, key: &str, words: &str) -> Piece {
    let (kind, word) = match what {
        What::Proposal => (ContributionKind::Proposal, "proposal"),
        What::Argument => (ContributionKind::Argument, "argument"),
        What::Reply => (ContributionKind::Answer, "reply"),
        What::Wording | What::Source | What::Comment | What::Meeting | What::Commitment => {
            (ContributionKind::Comment, "comment")
        }
    };
    let place = Place { file: "export.csv".into(), row: "2".into() };
    let mut piece = Piece::new((what, key.into()), kind, word, place);
    piece.body = Words::Plain(words.to_owned());
    piece.created = Some("2017-05-01 10:00:00".to_owned());
    piece.author.account = Some(format!("user{key}").into());
    piece
}

/// What is written, whose sums agree and of which `greffe check` has no error to tell.
fn written(gathered: &Gathered) -> Imported {
    sound(write(gathered, &options(), "test"))
}

/// The same for any importer.
pub(crate) fn sound(imported: Imported) -> Imported {
    assert!(imported.report.agrees(), "{:#?}", imported.report.kinds);
    let unexplained = |row: &&crate::import::report::Row| row.fate != Fate::Kept && row.reason.is_none();
    assert_eq!(imported.report.rows.iter().find(unexplained).map(|row| row.kind), None);
    let text = |bytes: &Vec<u8>| Contents::Text(String::from_utf8(bytes.clone()).unwrap().into());
    let files = imported.files.iter();
    let mut files: Vec<SourceFile> =
        files.map(|(path, bytes)| SourceFile { path: path.as_str().into(), contents: text(bytes) }).collect();
    let site = "title: Essai\nlicence: etalab-2.0\n";
    files.push(SourceFile { path: "greffe.yaml".into(), contents: Contents::Text(site.into()) });
    let sources = Sources::new(files);
    let draft = crate::parse::parse(&sources);
    let (site, problems) =
        crate::check::check(&draft, &sources, &crate::check::Options::default(), &BTreeSet::new());
    let errors: Vec<String> = problems
        .iter()
        .filter(|p| p.is_error())
        .map(|p| format!("{} {} {}", p.code.as_str(), sources.get(p.span.file).path, p.message.en))
        .collect();
    assert_eq!(errors, [""; 0]);
    assert!(site.is_some());
    imported
}

/// A file of the content.
fn file<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let found = imported.files.iter().find(|(known, _)| known.as_str() == format!("content/essai/{path}"));
    let all: Vec<_> = imported.files.keys().map(|path| path.as_str()).collect();
    std::str::from_utf8(found.unwrap_or_else(|| panic!("{path} among {all:?}")).1).unwrap()
}

fn everything(imported: &Imported) -> String {
    imported.files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect()
}

fn reasons(imported: &Imported, fate: Fate) -> Vec<&str> {
    let rows = imported.report.rows.iter().filter(|row| row.fate == fate);
    rows.filter_map(|row| row.reason.as_ref().map(|reason| reason.en.as_str())).collect()
}

#[test]
fn a_proposal_and_its_argument() {
    let mut proposal = piece(What::Proposal, "UHJvcG9zYWw6MTI=", "Des bancs.\nDes arbres.");
    proposal.title = Some("Une\nplace".to_owned());
    proposal.url = Some("https://old.example/projects/place/12?x=1".to_owned());
    proposal.category = Some("cadre".into());
    proposal.votes = Votes { r#for: Some(3), mixed: None, against: Some(1) };
    proposal.rows = Some(Votes { r#for: Some(2), mixed: None, against: Some(1) });
    proposal.appendices = vec![("Coût".to_owned(), Words::Html("<p>1 €</p>".to_owned()))];
    let mut argument = piece(What::Argument, "4", "Oui !");
    argument.parent = Some(proposal.key.clone());
    argument.position = Some(Position::For);
    let gathered = Gathered {
        platform: "Essai",
        categories: vec![("cadre".into(), "Cadre de vie".to_owned())],
        pieces: vec![proposal, argument],
        ..Gathered::default()
    };
    let imported = written(&gathered);
    let page = file(&imported, "contributions/p12.md");
    for line in [
        "title: Une place\n",
        "date: 2017-05-01T10:00:00\n",
        "category: cadre-de-vie\n",
        "aliases:\n  - projects/place/12\n",
        "source: \"export.csv, line 2\"\n",
        "for: 3\n",
        "    for: 2\n",
        "- title: Coût\n",
        "\nDes bancs.\\\nDes arbres.\n",
    ] {
        assert!(page.contains(line), "{line:?} is not in\n{page}");
    }
    let list = file(&imported, "contributions/p12.discussion.yaml");
    assert!(list.contains("parent: p12\n") && list.contains("position: for\n") && list.contains("Oui !"));
    assert_eq!(reasons(&imported, Fate::Changed).len(), 1, "the votes that differ");
    let consultation = file(&imported, "consultation.yaml");
    assert!(consultation.contains("1 proposition et 1 argument, le 1er mai 2017, d’après l’export"));
    assert!(consultation.contains("start: 2017-05-01\n"));
}

#[test]
fn what_was_withheld_keeps_its_place_and_a_digest_that_nobody_can_guess() {
    let mut proposal = piece(What::Proposal, "1", "Gros mot");
    proposal.title = Some("Titre caché".to_owned());
    proposal.url = Some("https://old.example/p/titre-cache".to_owned());
    proposal.moderated =
        Moderated::Withheld { reason: Some("spam".into()), date: Some("2017-04-01".to_owned()) };
    let mut argument = piece(What::Argument, "2", "Contre");
    argument.parent = Some(proposal.key.clone());
    argument.url = Some("https://old.example/p/titre-cache#arg-2".to_owned());
    let gathered = Gathered {
        pieces: vec![proposal, argument],
        reasons: vec![("spam".into(), "Publicité".to_owned())],
        ..Gathered::default()
    };
    let imported = written(&gathered);
    let all = everything(&imported);
    assert!(!all.contains("caché") && !all.contains("cache") && !all.contains("Gros"), "{all}");
    let digest = Secret([7; 32]).digest("Titre caché\n\nGros mot");
    assert!(file(&imported, "contributions/p1.md").contains(&format!("digest: {digest}")));
    assert!(file(&imported, "consultation.yaml").contains("title: Publicité"));
    let told = reasons(&imported, Fate::Changed).join("\n");
    assert!(told.contains("(2017-04-01) before it was written (2017-05-01)"), "{told}");
}

#[test]
fn nothing_that_was_never_published_enters_the_content_nor_what_hangs_on_it() {
    let mut draft = piece(What::Proposal, "1", "Brouillon");
    draft.moderated = Moderated::Pending;
    let mut argument = piece(What::Argument, "2", "Sur un brouillon");
    argument.parent = Some(draft.key.clone());
    let other = piece(What::Proposal, "3", "Publique");
    let gathered = Gathered { pieces: vec![draft, argument, other], ..Gathered::default() };
    let imported = written(&gathered);
    assert!(!everything(&imported).to_lowercase().contains("brouillon"));
    assert_eq!(reasons(&imported, Fate::Skipped).len(), 2);
}

#[test]
fn people_are_named_nowhere_and_looked_for_in_texts() {
    let mut one = piece(What::Proposal, "1", "Écrivez à jeanne.dupont@mairie.fr ou à Jeanne Dupont.");
    one.author.name = Some("Jeanne Dupont".into());
    one.about = Some("chez Jeanne, 06 12 34 56 78".to_owned());
    let mut two = piece(What::Proposal, "2", "Oui");
    two.author.organisation = Some("Ville de Rennes".into());
    let mut three = piece(What::Proposal, "3", "Non");
    three.author = Person { name: Some("Paul Martin".into()), ..Person::default() };
    let gathered = Gathered { pieces: vec![one, two, three], ..Gathered::default() };
    let imported = written(&gathered);
    let all = everything(&imported);
    assert!(all.contains("pseudonym: Participant ") && all.contains("organisation: Ville de Rennes"));
    assert!(!all.contains("user1") && !all.contains("Martin") && !all.contains("06 12"), "{all}");
    let found: Vec<&str> = imported.report.review.iter().map(|review| &*review.words).collect();
    assert_eq!(found, ["Jeanne Dupont", "jeanne.dupont", "jeanne.dupont@mairie.fr"]);
}

#[test]
fn files_of_one_export_complete_each_other() {
    let short = Piece { created: None, title: None, ..piece(What::Proposal, "1", "") };
    let mut whole = piece(What::Proposal, "1", "Les mots");
    whole.title = Some("Titre".to_owned());
    let other = Piece { body: Words::Html("<p>Les&nbsp;mots</p>".to_owned()), ..whole.clone() };
    let gathered = Gathered { pieces: vec![short, whole, other], ..Gathered::default() };
    let imported = written(&gathered);
    assert!(file(&imported, "contributions/p1.md").contains("title: Titre\n"));
    assert_eq!(reasons(&imported, Fate::Merged), ["the same record, read already"; 2]);
    let mut third = piece(What::Proposal, "1", "D’autres mots");
    third.moderated = Moderated::Withheld { reason: None, date: None };
    let gathered =
        Gathered { pieces: vec![piece(What::Proposal, "1", "Ses paroles"), third], ..Gathered::default() };
    let imported = written(&gathered);
    assert!(!everything(&imported).contains("paroles"));
    assert!(reasons(&imported, Fate::Merged)[0].contains("stricter"));
}

#[test]
fn a_parent_that_is_missing_is_told_and_a_circle_is_cut() {
    let on = |key: &str, parent: &str| {
        let mut comment = piece(What::Comment, key, "Mots");
        comment.parent = Some((What::Comment, parent.into()));
        comment
    };
    let gathered = Gathered { pieces: vec![on("1", "9"), on("2", "3"), on("3", "2")], ..Gathered::default() };
    let imported = written(&gathered);
    assert!(file(&imported, "contributions/comments.yaml").contains("parent: c2\n"));
    let told = reasons(&imported, Fate::Changed);
    assert!(told[0].contains("(9) is not in the export") && told[1].contains("hung on itself"), "{told:?}");
}

#[test]
fn a_questionnaire_and_what_people_answered() {
    let question = |key: &str, kind, options: &[&str]| Question {
        key: key.into(),
        title: format!("Question {key} ?"),
        kind,
        options: options.iter().map(|label| (*label).to_owned()).collect(),
    };
    let mut reply = piece(What::Reply, "1", "");
    reply.answers = vec![
        ("10".into(), vec!["Première ligne\r\n- deuxième".to_owned()]),
        ("11".into(), vec!["Vélo".to_owned(), "À  pied".to_owned()]),
        ("12".into(), vec!["Ni l’un ni l’autre".to_owned()]),
        ("99".into(), vec!["?".to_owned()]),
    ];
    let mut empty = piece(What::Reply, "2", "");
    empty.answers = vec![("10".into(), vec![" ".to_owned()])];
    let gathered = Gathered {
        questions: vec![
            question("10", QuestionKind::Free, &[]),
            question("11", QuestionKind::Multiple, &["À pied", "Vélo"]),
            question("12", QuestionKind::Single, &["Oui", "Non"]),
        ],
        pieces: vec![reply, empty],
        ..Gathered::default()
    };
    let imported = written(&gathered);
    let answers = file(&imported, "contributions/answers.yaml");
    assert!(answers.contains("q11: velo|a-pied\n") && answers.contains("q12: Ni l’un"), "{answers}");
    assert!(answers.contains("lost: true"), "an answer without words");
    assert!(reasons(&imported, Fate::Changed)[0].contains("question (99)"));
}

#[test]
fn answers_meetings_and_commitments() {
    let place = || Place { file: "results.json".into(), row: "[1]".into() };
    let html = |words: &str| Words::Html(words.to_owned());
    let gathered = Gathered {
        organiser: Some("Ville".to_owned()),
        pieces: vec![piece(What::Proposal, "1", "Un banc")],
        answers: vec![
            Answer {
                place: place(),
                to: vec![(What::Proposal, "1".into())],
                author: None,
                date: None,
                decision: Some(Decision::Kept),
                body: html("<p>Oui</p>"),
            },
            Answer {
                place: place(),
                to: vec![(What::Proposal, "9".into())],
                author: None,
                date: None,
                decision: None,
                body: html("<p>Oui</p>"),
            },
        ],
        meetings: vec![Meeting {
            key: "5".into(),
            place: place(),
            title: "Atelier".to_owned(),
            kind: MeetingKind::Workshop,
            start: Some("2017-06-01T18:00:00+02:00".to_owned()),
            end: None,
            at: Some("Mairie".to_owned()),
            participants: Some(12),
            body: vec![html("<p>Pourquoi</p>"), html("<p>Compte rendu</p>")],
            url: Some("https://old.example/meetings/5".to_owned()),
        }],
        commitments: vec![Commitment {
            key: "7".into(),
            place: place(),
            title: "Poser un banc".to_owned(),
            body: html("<p>En <b>bois</b></p>"),
            date: None,
            due: Some("2018-01-01".to_owned()),
            status: CommitmentStatus::UnderWay,
            from: vec![(What::Proposal, "1".into())],
            url: None,
        }],
        ..Gathered::default()
    };
    let imported = written(&gathered);
    let response = file(&imported, "responses/re-p1.md");
    assert!(response.contains("date: 2017-05-01\n") && response.contains("name: Ville\n"), "{response}");
    assert!(file(&imported, "meetings/m5.md").contains("source: \"results.json, [1]\"\n"));
    assert!(file(&imported, "commitments/e7.yaml").contains("summary: En bois\n"));
    assert_eq!(reasons(&imported, Fate::Skipped), ["what it answers is not in the content"]);
}

#[test]
fn the_same_export_gives_the_same_bytes_whatever_the_order_of_its_records() {
    let pieces: Vec<Piece> = (0..40)
        .map(|n| {
            let mut argument = piece(What::Argument, &n.to_string(), "Mots");
            argument.parent = Some((What::Proposal, "p".into()));
            argument
        })
        .chain([piece(What::Proposal, "p", "Mots")])
        .collect();
    let gathered = |pieces| Gathered { pieces, ..Gathered::default() };
    let once = written(&gathered(pieces.clone()));
    let again = written(&gathered(pieces.into_iter().rev().collect()));
    assert!(once.files == again.files);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_the_words_the_content_has_no_fault(
        words in proptest::collection::vec("\\PC{0,20}|[\\x00-\\x7f]{0,12}|https?://[a-z./@#? ]{0,20}|[0-9/: -]{8,19}", 14),
        kinds in proptest::collection::vec((0..4_usize, 0..4_usize, 0..4_usize), 1..6),
        html in proptest::bool::ANY,
    ) {
        let word = |at: usize| words[at % words.len()].clone();
        let body = |at: usize| if html { Words::Html(word(at)) } else { Words::Plain(word(at)) };
        let whats = [What::Proposal, What::Argument, What::Comment, What::Reply];
        let pieces = kinds.iter().enumerate().map(|(at, (what, parent, state))| {
            let mut piece = piece(whats[*what], &word(at), "");
            piece.body = body(at + 1);
            piece.title = Some(word(at + 2));
            piece.parent = Some((whats[*parent], word(*parent).into()));
            piece.created = Some(word(at + 3));
            piece.updated = Some(word(at + 4));
            piece.url = Some(word(at + 5));
            piece.category = Some(word(at + 6).into());
            piece.themes = vec![word(at + 7)];
            piece.about = Some(word(at + 8));
            piece.link = Some(word(at + 9));
            piece.appendices = vec![(word(at + 10), body(at + 11))];
            piece.answers = vec![("1".into(), vec![word(at + 12), word(at + 13)])];
            piece.author.name = Some(word(at + 1).into());
            piece.author.organisation = Some(word(at + 2).into()).filter(|_| at % 2 == 0);
            piece.moderated = match state {
                0 => Moderated::Withheld { reason: Some(word(at).into()), date: Some(word(at + 3)) },
                1 => Moderated::Pending,
                _ => Moderated::Published,
            };
            piece
        });
        let question = Question {
            key: "1".into(),
            title: word(1),
            kind: [QuestionKind::Free, QuestionKind::Multiple][usize::from(html)],
            options: vec![word(12), word(3)],
        };
        let pieces: Vec<Piece> = pieces.collect();
        let answer = Answer {
            place: Place { file: word(1).into(), row: word(2).into() },
            to: pieces.iter().map(|piece| piece.key.clone()).collect(),
            author: Some(word(4)),
            date: Some(word(3)),
            decision: None,
            body: body(5),
        };
        let commitment = Commitment {
            key: word(6).into(),
            place: Place { file: word(1).into(), row: "1".into() },
            title: word(7),
            body: body(8),
            date: Some(word(3)),
            due: Some(word(9)),
            status: CommitmentStatus::Announced,
            from: pieces.iter().map(|piece| piece.key.clone()).collect(),
            url: Some(word(5)),
        };
        written(&Gathered {
            title: Some(word(0)),
            summary: Some(body(1)),
            organiser: Some(word(2)),
            platform: "Essai",
            url: Some(word(5)),
            language: Some(word(3)),
            period: Some((word(3), word(4))),
            categories: vec![(word(6).into(), word(7)), (word(8).into(), word(9))],
            questions: vec![question],
            pieces,
            answers: vec![answer],
            commitments: vec![commitment],
            ..Gathered::default()
        });
    }
}
