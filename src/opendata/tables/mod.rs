//! Every table, said once, in the order in which a reader meets them. Names are the words of the YAML keys.

mod amendments;
mod contributions;
mod follow_up;
mod frame;
mod links;
mod pieces;
pub(super) mod results;
mod rules;
mod texts;
mod versions;
mod votes;

use super::definition::*;

/// All of them.
pub(super) fn all() -> Vec<Box<dyn AnyTable>> {
    vec![
        contributions::contributions(),
        pieces::answers(),
        pieces::appendices(),
        pieces::revisions(),
        pieces::reactions(),
        texts::texts(),
        texts::versions(),
        texts::divisions(),
        texts::articles(),
        texts::paragraphs(),
        versions::article_versions(),
        texts::law_changes(),
        amendments::amendments(),
        amendments::operations(),
        amendments::amendment_links(),
        versions::conflicts(),
        versions::unexplained_differences(),
        votes::votes(),
        results::results(),
        results::groups(),
        results::ballots(),
        rules::void(),
        rules::grades(),
        rules::steps(),
        rules::quotas(),
        follow_up::responses(),
        follow_up::response_links(),
        follow_up::syntheses(),
        follow_up::citations(),
        follow_up::meetings(),
        follow_up::commitments(),
        follow_up::commitment_links(),
        follow_up::evidence(),
        links::links(),
        pieces::attachments(),
        frame::phases(),
        frame::categories(),
        frame::questions(),
        frame::question_options(),
        frame::reasons(),
    ]
}

const fn said(fr: &'static str, en: &'static str) -> Said {
    Said { fr, en }
}

/// Adds the columns that say what a row is about: text, version, article, paragraph.
macro_rules! about_columns {
    ($table:expr, |$s:ident, $row:ident| $about:expr) => {
        $table
            .column("text", id(), "Le texte concerné.", "The text it is about.", |$s, $row| {
                $about.text.map(|t| &$s.consultation.texts[t].id).into()
            })
            .column("version", id(), "La version concernée.", "The version it is about.", |$s, $row| {
                let about = $about;
                about.text.zip(about.version).map(|(t, v)| &$s.consultation.texts[t].versions[v].id).into()
            })
            .column("article", id(), "L’article concerné.", "The article it is about.", |$s, $row| {
                $about.article.as_ref().into()
            })
            .column(
                "paragraph",
                integer(),
                "Le numéro de l’alinéa concerné.",
                "The number of the paragraph it is about.",
                |$s, $row| $about.paragraph.into(),
            )
    };
}
use about_columns;
