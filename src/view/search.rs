//! What search knows of each page, made from its view: a word that no view holds cannot be found.

use super::View;
use super::contribution::ContributionView;
use super::document::ItemView;
use super::fragment::{Fragment, Fragments};
use super::parts::{Link, Prose};
use crate::model::choices::{ContributionKind, Outcome};
use crate::search::Document;
use crate::text::plain;

/// The documents of a page: the page itself, then the fragments that stand on no other. `consultation` is its
/// consultation's title; `message` gives a message of the theme by its key, for the words of closed lists.
pub fn documents(
    view: &View<'_>,
    consultation: &str,
    message: &dyn Fn(&str) -> Option<String>,
) -> Vec<Document> {
    let word = |list: &str, word: &str| {
        message(&format!("{list}_{}", word.replace('-', "_"))).unwrap_or_else(|| word.to_owned())
    };
    let page = |kind: &'static str, title: &str, text: String| Document {
        url: view.head().path.clone(),
        title: title.to_owned(),
        kind,
        consultation: consultation.to_owned(),
        text,
        ..Default::default()
    };
    let title = &view.head().title;
    let prose =
        |prose: &Option<Prose<'_>>| prose.as_ref().map_or(String::new(), |p| plain(&p.markdown, usize::MAX));
    match view {
        View::Consultation(v) => {
            vec![page("consultation", title, format!("{} {}", v.summary, prose(&v.body)))]
        }
        View::Page(v) if v.head.kind == "page" => vec![page("page", title, prose(&v.body))],
        View::Text(v) if v.latest && !v.head.path.contains("/versions/") => {
            let headings = v.items.iter().map(|item| match item {
                ItemView::Division { number, heading, .. } | ItemView::Article { number, heading, .. } => {
                    format!("{number} {heading}")
                }
            });
            let words: Vec<String> = v.summary.iter().cloned().chain(headings).collect();
            vec![page("text", title, words.join(". "))]
        }
        View::Article(v) => {
            let words: Vec<String> =
                v.paragraphs.iter().map(|p| plain(&p.paragraph.body.markdown, usize::MAX)).collect();
            let mut own = page("article", title, words.join(" "));
            own.article = Some(v.number.to_owned());
            let mut all = vec![own];
            let place = Place { url: &v.head.path, consultation, article: Some(v.number) };
            fragments(&place, &v.fragments, &mut all);
            all
        }
        View::Amendment(v) => {
            let deleted = v.operations.iter().filter_map(|o| o.deleted).map(str::to_owned);
            let inserted = v.operations.iter().filter_map(|o| o.inserted.as_ref()).map(|w| w.to_string());
            let words: Vec<String> = deleted.chain(inserted).chain([prose(&v.instruction), prose(&v.reasons)]).collect();
            let name = v.row.title.as_ref().map_or_else(|| title.clone(), |t| format!("{title} – {t}"));
            let mut own = page("amendment", &name, words.join(" "));
            own.article = v.row.article.as_ref().map(|a| a.title.clone());
            own.status = v.row.outcome.map(|o| word("outcome", Outcome::as_str(o)));
            own.date = v.row.date.map(|d| d.to_string());
            vec![own]
        }
        View::Contribution(v) => {
            let status = v.withheld.as_ref().map(|w| word("moderation", w.state.as_str()));
            contribution(v, consultation, status)
        }
        View::Contributions(v) if v.listing == "discussion" => {
            let mut all = Vec::new();
            let place = Place { url: &v.head.path, consultation, article: None };
            v.fragments.iter().for_each(|f| all.extend(fragment(&place, f)));
            all
        }
        View::Vote(v) => {
            let words = [v.question.as_deref(), v.summary.as_deref()];
            vec![page("vote", title, words.into_iter().flatten().collect::<Vec<_>>().join(" "))]
        }
        View::Meeting(v) => vec![page("meeting", title, prose(&v.minutes))],
        View::Synthesis(v) => vec![page("synthesis", title, prose(&v.body))],
        View::Responses(v) => {
            let one = |r: &super::follow_up::ResponseView<'_>| Document {
                url: format!("{}#{}", v.head.path, r.anchor),
                title: r.title.map_or_else(|| r.id.clone(), str::to_owned),
                kind: "response",
                consultation: consultation.to_owned(),
                text: prose(&r.body),
                status: r.decision.map(|d| word("decision", d.as_str())),
                date: Some(r.date.to_string()),
                ..Default::default()
            };
            v.responses.iter().map(one).collect()
        }
        View::Commitments(v) => {
            let one = |x: &super::follow_up::CommitmentView| Document {
                url: format!("{}#{}", v.head.path, x.anchor),
                title: x.title.clone(),
                kind: "commitment",
                consultation: consultation.to_owned(),
                text: x.summary.clone().unwrap_or_default(),
                status: Some(word("status", x.status.as_str())),
                date: Some(x.date.to_string()),
                ..Default::default()
            };
            v.commitments.iter().map(one).collect()
        }
        View::Home(_)
        | View::Phases(_)
        | View::Text(_)
        // Their words are those of the versions.
        | View::Compare(_)
        | View::Table(_)
        | View::Amendments(_)
        | View::Contributions(_)
        | View::Votes(_)
        | View::Meetings(_)
        | View::Syntheses(_)
        | View::TakePart(_)
        | View::TakePartThanks(_)
        | View::Receipt(_)
        | View::Moderation(_)
        | View::Questionnaire(_)
        | View::Data(_)
        | View::Flow(_)
        | View::Gaps(_)
        | View::Search(_)
        | View::VersionAmendments(_)
        | View::Consolidated(_)
        | View::Page(_) => Vec::new(),
    }
}

/// Where fragments stand.
struct Place<'p> {
    url: &'p str,
    consultation: &'p str,
    article: Option<&'p str>,
}

fn contribution(v: &ContributionView<'_>, consultation: &str, status: Option<String>) -> Vec<Document> {
    let body = v.body.as_ref().map_or(String::new(), |p| plain(&p.markdown, usize::MAX));
    let appendices = v.appendices.iter().filter_map(|a| a.body.as_ref());
    let words: Vec<String> =
        [body].into_iter().chain(appendices.map(|p| plain(&p.markdown, usize::MAX))).collect();
    let article = v.about.as_ref().map(|a: &Link| a.title.as_str());
    let own = Document {
        url: v.head.path.clone(),
        title: v.head.title.clone(),
        kind: kind(v.kind),
        consultation: consultation.to_owned(),
        text: words.join(" "),
        article: article.map(str::to_owned),
        position: v.position.map(|p| p.as_str()),
        status,
        date: v.date.map(|d| d.to_string()),
    };
    let mut all = vec![own];
    let place = Place { url: &v.head.path, consultation, article };
    fragments(&place, &v.fragments, &mut all);
    all
}

fn fragments(place: &Place<'_>, fragments: &Fragments<'_>, into: &mut Vec<Document>) {
    let lists = [
        &fragments.arguments_for,
        &fragments.arguments_against,
        &fragments.arguments_other,
        &fragments.sources,
        &fragments.comments,
    ];
    into.extend(lists.into_iter().flatten().filter_map(|f| fragment(place, f)));
}

/// A fragment; nothing for one that is withheld: its place is on the page, its words are nowhere.
fn fragment(place: &Place<'_>, f: &Fragment<'_>) -> Option<Document> {
    if f.withheld.is_some() {
        return None;
    }
    let text = f.body.as_ref().map_or(String::new(), |p| plain(&p.markdown, usize::MAX));
    let title = f.title.map_or_else(|| super::context::clip(&text, 80), str::to_owned);
    Some(Document {
        url: format!("{}#{}", place.url, f.anchor),
        title,
        kind: kind(f.kind),
        consultation: place.consultation.to_owned(),
        text,
        article: place.article.map(str::to_owned),
        position: f.position.map(|p| p.as_str()),
        status: None,
        date: f.date.map(|d| d.to_string()),
    })
}

fn kind(kind: ContributionKind) -> &'static str {
    kind.as_str()
}
