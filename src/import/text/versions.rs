//! One more version in a `text.yaml` that is somebody's: lines are added to its list of versions, no other byte changes.
//! `None` where that cannot be done with certainty (a list between brackets, a file at fault): then people are told
//! which lines to add.

use crate::model::when::Date;
use crate::source::FileId;
use crate::yaml::write::{Out, list_document};
use crate::yaml::{Node, Value, tree};

/// The file with the version, in the order of the dates.
pub(super) fn added(yaml: &str, version: &Out, date: Date) -> Option<String> {
    let before = whole(yaml)?;
    let items = items(&before)?;
    let (first, last) = (items.first()?, items.last()?);
    let indent = dash(yaml, first)?;
    let lines: String = list_document(std::slice::from_ref(version))
        .lines()
        .map(|line| format!("{}{line}\n", " ".repeat(indent)))
        .collect();
    let later = items.iter().position(|item| day(item).is_some_and(|day| day > date));
    let at = match later.and_then(|place| items.get(place)) {
        Some(item) => line_start(yaml, item),
        None => after(yaml, last, indent),
    };
    let (head, tail) = yaml.split_at(at);
    let end = if head.is_empty() || head.ends_with('\n') { "" } else { "\n" };
    let text = format!("{head}{end}{lines}{tail}");
    // Read again, it must be what it was with one version more.
    let read = whole(&text)?;
    let place = later.unwrap_or(items.len());
    let mut found = self::items(&read)?.to_vec();
    (place < found.len()).then(|| found.remove(place))?;
    let same = found.len() == items.len() && found.iter().zip(items).all(|(a, b)| said(a) == said(b));
    let others =
        |node: &Node| entries(node).iter().filter(|(key, _)| key != "versions").cloned().collect::<Vec<_>>();
    (same && others(&read) == others(&before)).then_some(text)
}

fn whole(yaml: &str) -> Option<Node> {
    let (mut documents, problems) = tree::documents(FileId(0), yaml, 0);
    (problems.is_empty() && documents.len() == 1).then(|| documents.pop()).flatten()
}

/// The versions, as they stand in the file.
fn items(whole: &Node) -> Option<&[Node]> {
    let Value::Map(entries) = &whole.value else { return None };
    match &entries.iter().find(|(key, _)| &*key.value == "versions")?.1.value {
        Value::List(items) => Some(items),
        Value::Null | Value::Scalar { .. } | Value::Map(_) => None,
    }
}

fn line_start(yaml: &str, item: &Node) -> usize {
    yaml[..item.span.start as usize].rfind('\n').map_or(0, |at| at + 1)
}

/// The column of the dash before an item.
fn dash(yaml: &str, item: &Node) -> Option<usize> {
    let line = &yaml[line_start(yaml, item)..item.span.start as usize];
    let spaces = line.len() - line.trim_start_matches(' ').len();
    (line.trim() == "-").then_some(spaces)
}

/// Where the lines of an item end: comments and blank lines after it are not its own.
fn after(yaml: &str, item: &Node, indent: usize) -> usize {
    let start = line_start(yaml, item);
    let (mut at, mut end) = (start, start);
    for (n, line) in yaml[start..].split_inclusive('\n').enumerate() {
        let words = line.trim();
        let deeper = line.len() - line.trim_start_matches(' ').len() > indent;
        if n > 0 && !words.is_empty() && !deeper {
            break;
        }
        at += line.len();
        if !words.is_empty() && !words.starts_with('#') {
            end = at;
        }
    }
    end
}

/// The day of a version.
fn day(item: &Node) -> Option<Date> {
    let Value::Map(entries) = &item.value else { return None };
    match &entries.iter().find(|(key, _)| &*key.value == "date")?.1.value {
        Value::Scalar { text, .. } => Date::parse(text),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// What a node says, wherever it stands.
fn said(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".into(),
        Value::Scalar { text, .. } => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(",")),
        Value::Map(_) => format!("{:?}", entries(node)),
    }
}

fn entries(node: &Node) -> Vec<(String, String)> {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.value.to_string(), said(value))).collect()
        }
        Value::Null | Value::Scalar { .. } | Value::List(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::fields::Fields;

    fn add(yaml: &str, date: &str) -> Option<String> {
        let version = Fields::new().text("id", "v").text("date", date);
        added(yaml, &version.item(), Date::parse(date).unwrap())
    }

    #[test]
    fn a_version_stands_where_its_date_says_and_nothing_else_changes() {
        let yaml = "title: A # bill\nversions:\n  # first\n  - id: a\n    date: 2020-01-01\n  - {id: b, date: 2021-01-01}\n\n# end\nkind: bill\n";
        let last = add(yaml, "2022-01-01").unwrap();
        assert_eq!(last, yaml.replace("2021-01-01}\n", "2021-01-01}\n  - id: v\n    date: 2022-01-01\n"));
        let between = add(yaml, "2020-06-01").unwrap();
        assert_eq!(between, yaml.replace("  - {id: b", "  - id: v\n    date: 2020-06-01\n  - {id: b"));
    }

    #[test]
    fn a_file_without_a_last_line_end_gets_one() {
        let added = add("versions:\n- id: a", "2022-01-01").unwrap();
        assert_eq!(added, "versions:\n- id: a\n- id: v\n  date: 2022-01-01\n");
    }

    #[test]
    fn where_it_is_not_certain_nothing_is_changed() {
        for yaml in
            ["versions: [{id: a}]\n", "title: a\n", "versions: []\n", "versions: {a: b}\n", "a: [\n", ""]
        {
            assert_eq!(add(yaml, "2022-01-01"), None, "{yaml}");
        }
    }
}
