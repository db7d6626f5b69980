//! The smallest export a file.

use super::gather::gather;
use super::{Decidim, NoChoice};
use crate::import::platform::{Gathered, Moderated, What, Words};
use crate::import::report::Fate;
use crate::import::{Input, InputFile};
use crate::lang::Lang;
use crate::model::choices::{Channel, CommitmentStatus, Decision, Position};

const AT: &str = "https://a.example/processes/garden/f/1";

fn input(files: &[(&str, &str)]) -> Input {
    let file = |(path, text): &(&str, &str)| InputFile {
        path: (*path).into(),
        sha256: "".into(),
        contents: Ok(text.replace("{at}", AT).into_bytes()),
    };
    Input { files: files.iter().map(file).collect() }
}

fn read(files: &[(&str, &str)]) -> Gathered {
    gather(&input(files), None, None)
}

fn html(words: &Words) -> &str {
    match words {
        Words::Html(html) => html,
        Words::Plain(_) => panic!("plain: {words:?}"),
    }
}

#[test]
fn a_proposal_of_a_later_version_is_read_whole() {
    let columns = "id;author/id;author/name;author/url;taxonomies/ids;taxonomies/4/fr;taxonomies/5/fr;title/fr;title/en;body/fr;\
        body/machine_translation/en;address;state;state_published_at;answer/fr;answered_at;votes;likes/total_count;likes/user_likes;\
        published_at;url;is_amend;withdrawn;cost;attachments;surprise";
    let row = "7;3;Ana Lopp;https://a.example/profiles/ana;4, 5;Eau;Rue;'-10 %;;<p>Un</p>;One;2 rue X;accepted;2024-05-01 08:00:00 UTC;\
        <p>Oui</p>;2024-05-02 08:00:00 UTC;12;2;Ana Lopp, Bo;2024-03-01 08:00:00 UTC;{at}/proposals/7?x=1;false;false;14;2;?";
    let out = read(&[("x-open-data-proposals.csv", &format!("{columns}\n{row}\n"))]);
    let piece = &out.pieces[0];
    assert_eq!(piece.key, (What::Proposal, "7".into()));
    assert_eq!(piece.title.as_deref(), Some("-10 %"));
    assert_eq!(piece.body, Words::Html("<p>Un</p>".into()));
    assert_eq!(piece.author.account.as_deref(), Some("3"));
    assert_eq!(piece.author.name.as_deref(), Some("Ana Lopp"));
    assert_eq!(piece.url.as_deref(), Some("https://a.example/processes/garden/f/1/proposals/7"));
    assert_eq!(piece.category.as_deref(), Some("taxonomy-4"));
    assert_eq!((piece.about.as_deref(), &piece.themes[..]), (Some("2 rue X"), &["Rue".to_owned()][..]));
    assert_eq!(piece.votes.r#for, Some(12));
    let answer = &out.answers[0];
    assert_eq!(
        (answer.decision, answer.date.as_deref()),
        (Some(Decision::Kept), Some("2024-05-02 08:00:00 UTC"))
    );
    assert_eq!(html(&answer.body), "<p>Oui</p><p>Coût\u{a0}: 14</p>");
    assert_eq!(out.unknown.iter().map(|c| &**c).collect::<Vec<_>>(), ["surprise"]);
    let dropped: Vec<&str> = out.dropped.iter().map(|c| &**c).collect();
    assert_eq!(dropped, ["author/name", "author/url", "likes/user_likes"]);
    assert_eq!(out.url.as_deref(), Some("https://a.example/processes/garden"));
    assert_eq!(out.language.as_deref(), Some("fr"));
}

#[test]
fn a_proposal_of_an_early_version_is_read_too() {
    let text = "\u{feff}id;category/id;category/name;scope/id;scope/name;title;body;votes;comments;created_at;url;component/id;meeting_urls\r\n\
        1;2;Quai;3;Rive;Bancs;\"Un ; deux\r\ntrois\rquatre\";4;0;2018-02-03 10:11:12 +0100;{at}/proposals/1;5;{at}/meetings/9, {at}/meetings/8\r\n";
    let out = read(&[("proposals.csv", text)]);
    let piece = &out.pieces[0];
    assert_eq!(piece.body, Words::Plain("Un ; deux\ntrois\nquatre".into()));
    assert_eq!((piece.about.as_deref(), piece.meeting.as_deref()), (Some("Rive"), Some("9")));
    assert!(out.answers.is_empty() && piece.author.account.is_none());
}

#[test]
fn an_answer_that_was_not_published_is_not_read() {
    let text = "id;title;body;votes;state;state_published_at;answer/fr;answered_at;is_amend;url\n\
        1;A;B;0;accepted;;<p>Secret</p>;2024-05-02;false;{at}/proposals/1\n2;A;B;0;evaluating;2024-05-01;;2024-05-02;false;{at}/proposals/2\n";
    let out = read(&[("proposals.csv", text)]);
    assert!(out.answers.is_empty());
    let skipped: Vec<_> =
        out.settled.iter().filter(|row| row.fate == Fate::Skipped).map(|row| (row.kind, &*row.row)).collect();
    assert_eq!(skipped, [("response", "2")]);
}

#[test]
fn amendments_hang_on_what_they_amend() {
    let text = "id;title/fr;body/fr;votes;is_amend;original_proposal/title/fr;original_proposal/url;url\n\
        1;A;x;0;false;;;{at}/proposals/1\n2;A bis;y;0;true;A;{at}/proposals/1;{at}/proposals/2\n3;A ter;z;0;true;A;;{at}/proposals/3\n";
    let out = read(&[("proposals.csv", text)]);
    let parents: Vec<_> = out.pieces.iter().map(|p| (p.word, p.parent.clone())).collect();
    let one = Some((What::Proposal, "1".into()));
    assert_eq!(parents, [("proposal", None), ("wording", one.clone()), ("wording", one)]);
}

#[test]
fn authors_are_people_bodies_or_meetings() {
    let text = "id;title;body;votes;is_amend;author/id;author/name;author/url;author/type;url\n\
        1;A;x;0;false;1;City;https://a.example/;;{at}/proposals/1\n\
        2;A;x;0;false;9;Lunch;{at}/meetings/9;;{at}/proposals/2\n\
        3;A;x;0;false;5, 6;Ana, Bo;https://a.example/profiles/ana, https://a.example/profiles/bo;;{at}/proposals/3\n\
        4;A;x;0;false;7;Club;;Decidim::UserGroup;{at}/proposals/4\n";
    let out = read(&[("proposals.csv", text)]);
    let body = |at: usize| out.pieces[at].author.organisation.as_deref();
    assert_eq!((body(0), body(3)), (Some("City"), Some("Club")));
    assert_eq!(
        (out.pieces[1].meeting.as_deref(), out.pieces[1].channel),
        (Some("9"), Some(Channel::Meeting))
    );
    assert!(out.pieces[1].author.account.is_none());
    assert_eq!(out.pieces[2].author.account.as_deref(), Some("5"));
    assert_eq!(out.pieces[2].author.name.as_deref(), Some("Ana"));
    assert_eq!(out.pieces[2].changed.len(), 1);
}

const COMMENTS: &str = "id;created_at;body;author/id;author/name;alignment;depth;user_group/id;user_group/name;\
    commentable_id;commentable_type;root_commentable_url\n";

#[test]
fn comments_form_a_tree() {
    let comment = "Decidim::Comments::Comment";
    let text = format!(
        "{COMMENTS}11;;Oui;5;Ana;1;0;;;1;Decidim::Proposals::Proposal;{{at}}/proposals/1\n\
         12;;Non;6;Bo;-1;1;;;11;{comment};{{at}}/proposals/1\n13;;Nul;6;Bo;0;1;8;Club;99;{comment};{{at}}/proposals/1\n"
    );
    let proposals = "id;title;body;votes;is_amend;url\n1;A;x;0;false;{at}/proposals/1\n";
    let out = read(&[("comments.csv", &text), ("proposals.csv", proposals)]);
    let comments: Vec<_> = out.pieces.iter().filter(|p| p.word == "comment").collect();
    let parent = |at: usize| comments[at].parent.clone();
    assert_eq!(parent(0), Some((What::Proposal, "1".into())));
    assert_eq!(parent(1), Some((What::Comment, "11".into())));
    assert_eq!(parent(2), Some((What::Proposal, "1".into())), "its parent was deleted");
    assert_eq!(comments[2].changed.len(), 1);
    let positions: Vec<_> = comments.iter().map(|c| c.position).collect();
    assert_eq!(positions, [Some(Position::For), Some(Position::Against), None]);
    assert_eq!(comments[2].author.organisation.as_deref(), Some("Club"));
}

#[test]
fn a_comment_on_a_meeting_stands_alone_under_its_title() {
    let text = format!("{COMMENTS}11;;Quand ?;5;Ana;0;0;;;9;Decidim::Meetings::Meeting;{{at}}/meetings/9\n");
    let meetings = "id;title/fr;description/fr;start_time;end_time;attendees;address;url;type_of_meeting;attachments\n\
        9;Goûter;<p>Venez</p>;2024-03-01 18:00:00;2024-03-01 20:00:00 UTC;4;1 rue X;{at}/meetings/9;in_person;3\n";
    let out = read(&[("meeting_comments.csv", &text), ("meetings.csv", meetings)]);
    assert_eq!((out.pieces[0].title.as_deref(), &out.pieces[0].parent), (Some("Goûter"), &None));
    let meeting = &out.meetings[0];
    assert_eq!(meeting.start.as_deref(), Some("2024-03-01 18:00:00 UTC"), "no zone is universal time there");
    assert_eq!((meeting.participants, meeting.at.as_deref()), (Some(4), Some("1 rue X")));
    assert_eq!(out.known_missing.len(), 1);
}

#[test]
fn results_are_commitments() {
    let results = "id;title/fr;description/fr;start_date;end_date;status/key;status/name/fr;progress;created_at;url;proposal_urls;parent/id\n\
        1;A;<p>a</p>;2024-02-01;2024-12-31;in_progress;En cours;40.0;2024-03-01 08:00:00 UTC;{at}/results/1;{at}/proposals/1, {at}/proposals/5;\n\
        2;B;;;;;;100;2024-03-01 08:00:00 UTC;{at}/results/2;;1\n3;C;;;;abandoned;;10;;{at}/results/3;;\n4;D;;;;;;;;{at}/results/4;;\n";
    let proposals = "id;title;body;votes;is_amend;url\n1;A;x;0;false;{at}/proposals/1\n";
    let out = read(&[("results.csv", results), ("proposals.csv", proposals)]);
    let status: Vec<_> = out.commitments.iter().map(|c| c.status).collect();
    use CommitmentStatus::*;
    assert_eq!(status, [UnderWay, Kept, Dropped, Announced]);
    let first = &out.commitments[0];
    assert_eq!(first.from, [(What::Proposal, "1".into())]);
    assert_eq!((first.date.as_deref(), first.due.as_deref()), (Some("2024-02-01"), Some("2024-12-31")));
    assert!(html(&first.body).contains("En cours, 40 %"));
    assert!(html(&out.commitments[1].body).contains("Fait partie de\u{a0}: A."));
}

#[test]
fn projects_are_proposals_and_a_vote_without_ballots() {
    let text = "id;title/fr;description/fr;budget/id;budget_amount;confirmed_votes;url;selected_at;related_proposal_urls\n\
        1;Banc;<p>b</p>;3;100;12;{at}/budgets/3/projects/1;2024-05-01;{at}/proposals/9\n2;Arbre;;3;50;2;{at}/budgets/3/projects/2;;\n\
        3;Rien;;4;50;0;{at}/budgets/4/projects/3;;\n";
    let out = read(&[("projects.csv", text)]);
    assert_eq!(out.pieces[0].key, (What::Proposal, "-project-1".into()));
    assert_eq!(out.pieces[0].votes.r#for, None);
    assert_eq!(out.polls.len(), 1, "nobody voted on the second budget");
    let poll = &out.polls[0];
    assert_eq!(poll.url.as_deref(), Some("https://a.example/processes/garden/f/1/budgets/3"));
    let choices: Vec<_> = poll.choices.iter().map(|c| (c.votes, c.won)).collect();
    assert_eq!(choices, [(Some(12), true), (Some(2), false)]);
}

#[test]
fn what_was_hidden_is_withheld() {
    let text = "id;hidden_at;report_count;reported_url;reportable_type;reportable_id;reported_content;reports/reasons\n\
        1;2024-03-20 08:00:00 UTC;2;{at}/proposals/1#comment_9;Decidim::Comments::Comment;9;Achetez;spam, offensive\n\
        2;;1;{at}/proposals/1;Decidim::Proposals::Proposal;2;Bon;spam\n3;2024-03-20 08:00:00 UTC;1;{at}/posts/1;Decidim::Blogs::Post;4;Bon;spam\n";
    let proposals = "id;title;body;votes;is_amend;url\n1;A;x;0;false;{at}/proposals/1\n";
    let out = read(&[("moderations.csv", text), ("proposals.csv", proposals)]);
    let hidden = out.pieces.iter().find(|p| p.word == "moderation").unwrap();
    assert!(matches!(&hidden.moderated, Moderated::Withheld { reason: Some(r), .. } if &**r == "spam"));
    assert_eq!(hidden.parent, Some((What::Proposal, "1".into())));
    assert_eq!(out.settled.iter().filter(|row| row.kind == "moderation").count(), 2);
}

#[test]
fn json_is_read_like_csv() {
    let text = r#"[{"id": 4, "title": {"fr": "Nom", "en": ""}, "description": {"fr": "<p>d</p>"}, "start_time": "2018-03-01T08:00:00Z",
        "conclusions": {"fr": "<p>Fini</p>"}, "url": "{at}/debates/4", "comments_enabled": true, "author": {"id": 1, "name": "City", "url": "https://a.example/"}}]"#;
    let out = read(&[("debates.json", text), ("broken.json", "[{"), ("other.json", "{}")]);
    assert_eq!(out.pieces[0].title.as_deref(), Some("Nom"));
    assert_eq!(out.pieces[0].place.row, "[0]".into());
    assert_eq!(out.answers[0].author.as_deref(), Some("City"));
    assert_eq!(out.settled.iter().filter(|row| row.fate == Fate::Skipped).count(), 2);
}

#[test]
fn one_process_is_chosen_among_several() {
    let proposals = "id;participatory_space/id;participatory_space/url;component/id;title;body;votes;is_amend;url\n\
        1;3;https://a.example/processes/garden?x=y;1;A;x;0;false;{at}/proposals/1\n\
        2;4;https://a.example/processes/roads;2;B;x;0;false;https://a.example/processes/roads/f/2/proposals/2\n\
        3;3;https://a.example/assemblies/youth;5;C;x;0;false;https://a.example/assemblies/youth/f/5/proposals/3\n";
    let comments = format!("{COMMENTS}1;;Oui;5;Ana;0;0;;;2;Decidim::Proposals::Proposal;\n");
    let files = [("proposals.csv", proposals), ("comments.csv", &*comments)];
    let asked = |process: Option<&str>| {
        Decidim { process: process.map(Into::into), language: None }.choice(&input(&files))
    };
    let NoChoice(why) = asked(None).unwrap_err();
    assert!(why.en.contains("\n  processes/roads (id 4): 1 comment, 1 proposal"), "{}", why.en);
    assert!(asked(Some("nowhere")).is_err());
    for (words, title) in [
        ("roads", "B"),
        ("4", "B"),
        ("3", "A"),
        ("assemblies/youth", "C"),
        ("https://a.example/assemblies/youth", "C"),
    ] {
        assert!(asked(Some(words)).is_ok(), "{words}");
        let out = gather(&input(&files), Some(words), None);
        assert_eq!(out.pieces[0].title.as_deref(), Some(title), "{words}");
        let elsewhere = out.settled.iter().filter(|row| row.fate == Fate::Skipped).count();
        assert_eq!(elsewhere + out.pieces.len(), 4, "{words}");
    }
}

#[test]
fn one_language_is_kept() {
    let text = "id;title/ca;title/es;title/machine_translation/es;body/ca;body/es;votes;is_amend;url\n\
        1;Aigua;;Agua;aigua;;0;false;{at}/proposals/1\n2;Pa;Pan;;pa;pan;0;false;{at}/proposals/2\n";
    let files = [("proposals.csv", text)];
    let titles = |out: &Gathered| out.pieces.iter().filter_map(|p| p.title.clone()).collect::<Vec<_>>();
    let usual = read(&files);
    assert_eq!(
        (usual.language.as_deref(), titles(&usual)),
        (Some("ca"), vec!["Aigua".to_owned(), "Pa".to_owned()])
    );
    let spanish = gather(&input(&files), None, Lang::new("es").as_ref());
    assert_eq!(titles(&spanish), ["Aigua", "Pan"], "a translation by a machine is not what was written");
}

#[test]
fn surveys_are_questionnaires_in_either_form() {
    let wide = "Id;Créé le;IP hash;Statut;1. Où ?;\"2. Quoi\nd’autre ?\"\n7_3;2024-03-01 08:00:00 UTC;abc;Inscrit;Ici;\n8;2024-03-02 08:00:00 UTC;abd;Non inscrit;Là;Rien\n";
    let out = read(&[("survey.csv", wide)]);
    let asked: Vec<_> = out.questions.iter().map(|q| (&*q.key, &*q.title)).collect();
    assert_eq!(asked, [("1", "Où ?"), ("2", "Quoi d’autre ?")]);
    assert_eq!(out.pieces[0].answers, [("1".into(), vec!["Ici".to_owned()])]);
    assert_eq!((&*out.pieces[0].key.1, out.pieces[0].author.account.as_deref()), ("7", Some("3")));
    assert_eq!(out.pieces[1].created.as_deref(), Some("2024-03-02 08:00:00 UTC"));
    assert!(out.dropped.iter().any(|column| &**column == "IP hash"));
    let long = "id;created_at;ip_hash;user_status;question;body\naaaa;2024-03-01 08:00:00 UTC;x;Registered;1. Où ?;Ici\n\
        aaaa;2024-03-01 08:00:00 UTC;x;Registered;2. Quoi ?;Un banc\nbbbb;;y;Registered;2. Quoi ?;Deux\n";
    let out = read(&[("open-data-published_survey_user_responses.csv", long)]);
    assert_eq!((out.pieces.len(), out.questions.len(), out.pieces[0].answers.len()), (2, 2, 2));
    assert_eq!(out.pieces[1].answers[0].0, "2".into());
}
