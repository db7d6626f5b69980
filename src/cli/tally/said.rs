//! A count as it is printed: for people, or as JSON whose options are their ids.

use super::method::{self, Names};
use crate::ballots::poll::Poll;
use crate::lang::Speech;
use crate::model::choices::{Completion, Selection, VoteKind};
use crate::model::vote::VoteOption;
use crate::say;
use crate::tally::Tally;
use serde_json::{Value, json as value};
use std::fmt::Write;

/// For programs. Keys: docs/tally.md.
pub(super) fn json(poll: &Poll, tally: &Tally, of_file: bool) -> Value {
    let names = Names(poll);
    let titles = poll.options.iter().map(|option| &**option.title.main());
    let mut said = value!({
        "title": poll.title,
        "rule": rule(poll, of_file),
        "ballots": tally.cast,
        "blank": tally.blank,
        "void": tally.void,
        "replaced": tally.replaced,
        "options": names.each(titles),
        "counts": names.each(tally.counts.iter().copied()),
        "winners": names.ids(&tally.winners),
        "tied": names.ids(&tally.tied),
        "method": method::told(&names, tally),
    });
    if let Some(said) = said.as_object_mut() {
        if let Some(declared) = &poll.declared {
            said.insert("declared".into(), names.each(declared.iter().copied()).into());
        }
        if let Some(selected) = &poll.selected {
            said.insert("declared_winners".into(), names.ids(selected).into());
        }
        if !poll.notes.is_empty() {
            said.insert("notes".into(), value!(poll.notes));
        }
    }
    said
}

fn rule(poll: &Poll, of_file: bool) -> Value {
    let rule = &poll.rule;
    let mut said = value!({ "kind": poll.kind, "from_file": of_file });
    let Some(map) = said.as_object_mut() else { return said };
    if poll.kind == VoteKind::Budget {
        map.insert("selection".into(), value!(rule.selection));
        if rule.selection == Selection::EqualShares {
            map.insert("completion".into(), value!(rule.completion));
            map.insert("utility".into(), value!(rule.utility));
        }
        if rule.selection == Selection::GreedyThreshold {
            map.insert("min_support".into(), rule.min_support.into());
        }
        map.insert("budget".into(), value!(rule.budget));
    }
    if !rule.grades.is_empty() {
        let grades: Vec<&str> = rule.grades.iter().map(|grade| grade.id.as_str()).collect();
        map.insert("grades".into(), value!(grades));
    }
    said
}

/// For people.
pub(super) fn plain(poll: &Poll, tally: &Tally, of_file: bool, speech: Speech) -> String {
    let mut out = String::new();
    if !poll.title.is_empty() {
        let _ = writeln!(out, "{}", poll.title);
    }
    let _ = writeln!(out, "{}", rule_line(poll, of_file).get(speech));
    let _ = writeln!(out, "{}", ballots_line(tally, speech));
    out.push('\n');
    options(&mut out, poll, tally);
    let mut compared = method::lines(&Names(poll), tally);
    compared.extend(self::compared(poll, tally));
    if !compared.is_empty() || !poll.notes.is_empty() {
        out.push('\n');
    }
    for line in compared {
        let _ = writeln!(out, "{}", line.get(speech));
    }
    for note in &poll.notes {
        let _ = writeln!(out, "- {}", note.get(speech));
    }
    out
}

fn rule_line(poll: &Poll, of_file: bool) -> crate::lang::Bilingual {
    let mut word = poll.kind.as_str().to_owned();
    if poll.kind == VoteKind::Budget {
        let _ = write!(word, ", {}", poll.rule.selection.as_str());
        if poll.rule.selection == Selection::EqualShares && poll.rule.completion != Completion::None {
            let _ = write!(word, "/{}", poll.rule.completion.as_str());
        }
    }
    if of_file {
        say!("règle : {word}, celle que dit le fichier", "rule: {word}, as the file says")
    } else if poll.ruled {
        say!("règle : {word}, demandée", "rule: {word}, as asked for")
    } else {
        say!(
            "règle : {word} ; le fichier n’en dit aucune, --rule en choisit une autre",
            "rule: {word}; the file states none, --rule chooses another"
        )
    }
}

fn ballots_line(tally: &Tally, speech: Speech) -> String {
    let (cast, blank, void) =
        (tally.cast.unwrap_or(0), tally.blank.unwrap_or(0), tally.void.values().sum::<u64>());
    let mut line = say!(
        "bulletins : {cast}, dont {blank} blancs et {void} nuls",
        "ballots: {cast}, of which {blank} blank and {void} void"
    )
    .get(speech)
    .to_owned();
    if !tally.void.is_empty() {
        let reasons: Vec<String> =
            tally.void.iter().map(|(why, n)| format!("{} {n}", why.as_str())).collect();
        let _ = write!(line, " ({})", reasons.join(", "));
    }
    let replaced = tally.replaced;
    if replaced > 0 {
        let more = say!(" ; {replaced} remplacés par un suivant", "; {replaced} replaced by a later one");
        line.push_str(more.get(speech));
    }
    line
}

/// One line an option, in the order of the result.
fn options(out: &mut String, poll: &Poll, tally: &Tally) {
    let cut = |option: &VoteOption| option.title.main().chars().take(60).collect::<String>();
    let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
    let id = widest(&mut poll.options.iter().map(|option| option.id.as_str().len()));
    let wide = widest(&mut poll.options.iter().map(|option| cut(option).chars().count()));
    for (at, words) in method::order(&Names(poll), tally) {
        let Some(option) = poll.options.get(at) else { continue };
        let mark = match () {
            () if tally.winners.contains(&at) => '✓',
            () if tally.tied.contains(&at) => '=',
            () => ' ',
        };
        let count = tally.counts.get(at).copied().unwrap_or(0);
        let cost = option.cost.map(|cost| format!("{:>12}", cost.to_string())).unwrap_or_default();
        // An id that is its title needs no second telling.
        let title = Some(cut(option)).filter(|title| title != option.id.as_str()).unwrap_or_default();
        let line = format!("{mark} {count:>8}{cost}  {:<id$}  {title:<wide$}  {words}", option.id.as_str());
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// What the file declares, beside what was counted.
fn compared(poll: &Poll, tally: &Tally) -> Vec<crate::lang::Bilingual> {
    let id = |at: &usize| poll.options.get(*at).map_or("", |option| option.id.as_str());
    let mut lines = Vec::new();
    if let Some(declared) = &poll.declared {
        let different: Vec<String> = (declared.iter().zip(&tally.counts).enumerate())
            .filter(|(_, (said, counted))| said != counted)
            .map(|(at, (said, counted))| format!("{} {said} ≠ {counted}", id(&at)))
            .collect();
        let (all, list) = (declared.len(), different.join(", "));
        lines.push(match different.is_empty() {
            true => say!(
                "décomptes déclarés : les {all} sont retrouvés",
                "declared counts: all {all} are found again"
            ),
            false => say!("décomptes déclarés ≠ comptés : {list}", "declared counts ≠ counted: {list}"),
        });
    }
    if let Some(selected) = &poll.selected {
        let mut won = tally.winners.clone();
        won.sort_unstable();
        let only = |left: &[usize], right: &[usize]| {
            left.iter().filter(|at| !right.contains(at)).map(id).collect::<Vec<_>>().join(", ")
        };
        let (all, said, found) = (selected.len(), only(selected, &won), only(&won, selected));
        lines.push(match *selected == won {
            true => say!("sélection déclarée : la même ({all})", "declared selection: the same ({all})"),
            false => say!(
                "sélection déclarée : elle a en plus « {said} », et il lui manque « {found} »",
                "declared selection: it has “{said}” besides, and lacks “{found}”"
            ),
        });
    }
    lines
}
