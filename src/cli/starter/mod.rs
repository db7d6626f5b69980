//! The files that `greffe init` and `greffe new` write, in French and in English, and how their placeholders are
//! filled. They stand beside this file as they will be read by people who edit them; nothing is written here.

use crate::lang::Speech;

/// A file and its words.
pub type Template = (&'static str, &'static str);

/// Embeds files of a folder, each under the path it will have.
macro_rules! embed {
    ($folder:literal: $($path:literal $(from $stored:literal)?,)*) => {
        &[$(($path, include_str!(concat!($folder, "/", embed!(@stored $path $($stored)?)))),)*]
    };
    (@stored $path:literal) => { $path };
    (@stored $path:literal $stored:literal) => { $stored };
}

/// The files of a new site; those of the starter consultation are in its folder (see [`consultation`]).
pub fn site(speech: Speech) -> &'static [Template] {
    match speech {
        Speech::Fr => embed!("fr":
            ".gitignore" from "gitignore",
            "README.md",
            "greffe.yaml",
            "content/index.md",
            "content/pages/accessibilite.md",
            "content/pages/donnees-personnelles.md",
            "content/pages/mentions-legales.md",
            "content/ma-consultation/consultation.yaml",
            "content/ma-consultation/index.md",
            "content/ma-consultation/amendments/1.md",
            "content/ma-consultation/commitments/arrosage.yaml",
            "content/ma-consultation/contributions/autres.yaml",
            "content/ma-consultation/contributions/horaires.md",
            "content/ma-consultation/documents/plan.svg",
            "content/ma-consultation/meetings/reunion-publique.md",
            "content/ma-consultation/responses/horaires.md",
            "content/ma-consultation/synthesis/synthese.md",
            "content/ma-consultation/texts/projet/articles.yaml",
            "content/ma-consultation/texts/projet/text.yaml",
            "content/ma-consultation/texts/projet/v1.md",
            "content/ma-consultation/votes/sondage.csv",
            "content/ma-consultation/votes/sondage.yaml",
        ),
        Speech::En => embed!("en":
            ".gitignore" from "gitignore",
            "README.md",
            "greffe.yaml",
            "content/index.md",
            "content/pages/accessibility.md",
            "content/pages/legal-notice.md",
            "content/pages/privacy.md",
            "content/my-consultation/consultation.yaml",
            "content/my-consultation/index.md",
            "content/my-consultation/amendments/1.md",
            "content/my-consultation/commitments/watering.yaml",
            "content/my-consultation/contributions/opening-hours.md",
            "content/my-consultation/contributions/others.yaml",
            "content/my-consultation/documents/plan.svg",
            "content/my-consultation/meetings/public-meeting.md",
            "content/my-consultation/responses/opening-hours.md",
            "content/my-consultation/synthesis/summary.md",
            "content/my-consultation/texts/draft/articles.yaml",
            "content/my-consultation/texts/draft/text.yaml",
            "content/my-consultation/texts/draft/v1.md",
            "content/my-consultation/votes/show-of-ballots.csv",
            "content/my-consultation/votes/show-of-ballots.yaml",
        ),
    }
}

/// The folder of the starter consultation.
pub fn consultation(speech: Speech) -> &'static str {
    match speech {
        Speech::Fr => "content/ma-consultation/",
        Speech::En => "content/my-consultation/",
    }
}

/// The template of one record, by its file's name (`amendment.md`); `None` when there is none.
pub fn record(name: &str, speech: Speech) -> Option<&'static str> {
    let all: &[Template] = match speech {
        Speech::Fr => embed!("new/fr":
            "amendment.md", "commitment.yaml", "consultation.yaml", "contribution.md", "index.md", "meeting.md",
            "page.md", "response.md", "synthesis.md", "text.yaml", "version.md", "vote.yaml",
        ),
        Speech::En => embed!("new/en":
            "amendment.md", "commitment.yaml", "consultation.yaml", "contribution.md", "index.md", "meeting.md",
            "page.md", "response.md", "synthesis.md", "text.yaml", "version.md", "vote.yaml",
        ),
    };
    all.iter().find(|(path, _)| *path == name).map(|(_, words)| *words)
}

/// Writes values over their placeholders (`{title}`). A line of YAML whose value was not given stays as a comment, so
/// that its key is seen; a line of the body is left out.
pub fn fill(template: &str, values: &[(&str, Option<&str>)]) -> String {
    let front = template.starts_with("---\n");
    let mut rules = 0;
    let mut out = String::with_capacity(template.len());
    for line in template.lines() {
        rules += usize::from(front && line == "---");
        let (mut filled, mut missing) = (line.to_owned(), false);
        for (name, value) in values {
            let placeholder = format!("{{{name}}}");
            missing |= value.is_none() && filled.contains(&placeholder);
            filled = filled.replace(&placeholder, value.unwrap_or("…"));
        }
        let in_body = front && rules >= 2;
        if missing && in_body {
            continue;
        }
        if missing && !filled.trim_start().starts_with('#') {
            let indent = filled.len() - filled.trim_start().len();
            filled.insert_str(indent, "# ");
        }
        out.push_str(&filled);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_was_not_given_leaves_its_key_as_a_comment() {
        let template = "---\ntitle: \"{title}\"\non:\n  text: {text}\n---\nSee [@{contribution}].\nEnd.\n";
        let values = [("title", Some("Eau")), ("text", None), ("contribution", None)];
        assert_eq!(fill(template, &values), "---\ntitle: \"Eau\"\non:\n  # text: …\n---\nEnd.\n");
    }
}
