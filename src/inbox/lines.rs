//! The words of a message → fields. Two forms: `field: value`, where everything after `body:` is its words; and
//! `field=value`, one field after another, each going on until the next line that begins with a known field.

use super::submission::is_field;

/// The fields in the words of a message; none when its first line is none.
pub fn fields(text: &str) -> Vec<(Box<str>, Box<str>)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let Some(sign) = [':', '='].into_iter().find(|sign| opens(first, *sign).is_some()) else {
        return Vec::new();
    };
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        match opens(line, sign) {
            Some(("body", words)) if sign == ':' => {
                let at = rest.len() - words.len() - (rest.len() - line.len());
                fields.push(("body".into(), rest.get(at..).unwrap_or("").trim().into()));
                break;
            }
            Some((name, words)) => fields.push((name.into(), words.trim_end_matches('\r').into())),
            None => {
                if let Some((_, words)) = fields.last_mut() {
                    words.push('\n');
                    words.push_str(line.trim_end_matches('\r'));
                }
            }
        }
        rest = next;
    }
    fields.into_iter().map(|(name, words)| (name.into(), words.trim().into())).collect()
}

/// The field that a line opens, and what follows the sign.
fn opens(line: &str, sign: char) -> Option<(&str, &str)> {
    let (name, words) = line.split_once(sign)?;
    let name = name.trim();
    is_field(name).then_some((name, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let told = "\nkind: comment\r\ntitle: Un\nkind: of title\nanswer-a: x|y\nbody: Oui.\n\nemail: non\n";
        let posted = "kind=comment\r\nbody=Oui.\r\n\r\nA=B\r\nemail=a@b.fr\r\n";
        let names = |text| fields(text).into_iter().map(|(n, w)| format!("{n}|{w}")).collect::<Vec<_>>();
        assert_eq!(
            names(told),
            ["kind|comment", "title|Un", "kind|of title", "answer-a|x|y", "body|Oui.\n\nemail: non"]
        );
        assert_eq!(names(posted), ["kind|comment", "body|Oui.\n\nA=B", "email|a@b.fr"]);
        assert!(names("Bonjour,\nkind: comment\n").is_empty() && names("").is_empty());
    }
}
