//! Roll calls: a vote each, with its groups, its declared outcome, and the vote of each member in a CSV file beside it.
//! Members of parliament vote in office and the assembly publishes how each voted: names stand. What members declared
//! afterwards is told and never counted.

use super::convert::{Convert, Reasons, SITE};
use super::read::Filed;
use super::record::{Counts, Group, RollCall, Voters};
use super::summary::{summary, typeset};
use super::texts::capital;
use super::words::{Reference, member};
use crate::import::content::Fields;
use crate::import::report::Fate;
use crate::model::id::slug;
use crate::say;
use crate::yaml::write::Out;
use std::collections::BTreeSet;

/// What was counted over all roll calls.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Votes of members.
    pub(super) votes: u64,
    /// Of them, through another member.
    pub(super) delegated: u64,
    /// Members whose name the export does not say.
    pub(super) unnamed: BTreeSet<String>,
    /// Groups whose name the export does not say.
    pub(super) nameless: BTreeSet<String>,
    /// Roll calls whose groups count abstentions a second time, as members who chose not to vote.
    pub(super) twice: Vec<u64>,
    /// Roll calls that decide an amendment.
    pub(super) linked: u64,
    /// What members declared afterwards.
    pub(super) corrections: u64,
}

/// Writes the roll calls that come in; says why the others do not.
pub(super) fn roll_calls(convert: &mut Convert<'_>) -> Counted {
    let export = convert.export;
    let mut counted = Counted::default();
    let mut written = BTreeSet::new();
    for (at, filed) in export.roll_calls.iter().enumerate() {
        let text = convert.links.decisions[at].text.as_deref();
        let asked = convert.options.text.is_some();
        if asked && !text.is_some_and(|text| convert.texts.contains_key(text)) {
            let reason = say!("n’est pas sur le texte demandé", "is not about the text asked for");
            convert.report.settle(filed.fate("roll call", Fate::Skipped, Some(reason)));
            continue;
        }
        if !written.insert(filed.record.numero) {
            let reason = say!("un autre fichier a le même numéro", "another file has the same number");
            convert.report.settle(filed.fate("roll call", Fate::Skipped, Some(reason)));
            continue;
        }
        roll_call(convert, at, filed, &mut counted);
    }
    counted
}

/// `scrutin-1266`.
pub(super) fn id(record: &RollCall) -> String {
    format!("scrutin-{}", record.numero)
}

fn roll_call(convert: &mut Convert<'_>, at: usize, filed: &Filed<RollCall>, counted: &mut Counted) {
    let (record, id) = (&filed.record, id(&filed.record));
    let decision = &convert.links.decisions[at];
    let mut reasons: Reasons = decision.unlinked.iter().cloned().collect();
    let groups = &record.ventilation_votes.organe.groupes.groupe;
    compare(record, groups, &mut reasons, counted);
    let amendment =
        decision.amendment.and_then(|a| convert.ids.get(&*convert.export.amendments[a].record.uid)).cloned();
    counted.linked += u64::from(amendment.is_some());
    let text = decision.text.as_deref().and_then(|t| convert.texts.get(t));
    let on = text.filter(|_| amendment.is_none()).map(|text| {
        Fields::new()
            .text("text", text.as_str())
            .text("version", convert.version())
            .text("article", decision.article().unwrap_or_default())
    });
    counted.nameless.extend(
        groups
            .iter()
            .map(|g| &g.organe_ref)
            .filter(|id| !convert.export.bodies.contains_key(id.as_str()))
            .cloned(),
    );
    let votes = ballots(convert, groups, counted);
    let counts = record.synthese_vote.decompte;
    let adopted = record.sort.code.as_deref() == Some("adopté");
    let totals = Fields::new()
        .plain("for", counts.pour)
        .plain("against", counts.contre)
        .plain("abstention", counts.abstentions);
    let rule = rule(record, &mut reasons);
    let members: u64 = groups.iter().map(|g| g.nombre_membres_groupe).sum();
    let legislature = super::amendments::legislature(record.legislature.as_deref());
    let url = format!("{SITE}/dyn/{legislature}/scrutins/{}", record.numero);
    let fields = Fields::new()
        .text("title", title(convert, at, record))
        .text("kind", "roll-call")
        .text("question", capital(&typeset(&record.titre)))
        .text("summary", summary(convert, at, record, groups))
        .text("amendment", amendment.unwrap_or_default())
        .map("on", on.unwrap_or_default())
        .text("date", super::amendments::day(record.date_scrutin.as_deref()))
        .plain("registered", members)
        .map("rule", rule)
        .plain("cast", record.synthese_vote.nombre_votants)
        .map("totals", totals)
        .list("winners", vec![Out::text(if adopted { "for" } else { "against" })])
        .list("groups", groups.iter().map(|g| group(convert, g)).collect())
        .text("ballots", if votes.is_some() { format!("{id}.csv") } else { String::new() })
        .text(
            "ballots_missing",
            if votes.is_some() { "" } else { "Les votes des membres ne sont pas dans l’export." },
        )
        .text("url", if legislature.is_empty() { String::new() } else { url });
    convert.folder.put(&format!("votes/{id}.yaml"), fields.yaml());
    if let Some(votes) = votes {
        convert.folder.put(&format!("votes/{id}.csv"), votes);
    }
    corrections(convert, filed, counted);
    convert.settle(filed.fate("roll call", Fate::Kept, None), &id, reasons);
}

/// The published counts against each other.
fn compare(record: &RollCall, groups: &[Group], reasons: &mut Reasons, counted: &mut Counted) {
    let published = record.synthese_vote.decompte;
    let sum = |of: fn(&Counts) -> u64| groups.iter().map(|g| of(&g.vote.decompte_voix)).sum::<u64>();
    let by_group = [sum(|c| c.pour), sum(|c| c.contre), sum(|c| c.abstentions), sum(|c| c.non_votants)];
    if by_group != [published.pour, published.contre, published.abstentions, published.non_votants] {
        reasons.insert(say!(
            "les groupes ne donnent pas les totaux publiés",
            "the groups do not add up to the published totals"
        ));
    }
    for group in groups {
        let Some(named) = &group.vote.decompte_nominatif else { continue };
        let counts = group.vote.decompte_voix;
        let by_name = [&named.pours, &named.contres, &named.abstentions, &named.non_votants].map(number);
        if by_name != [counts.pour, counts.contre, counts.abstentions, counts.non_votants] {
            let id = &group.organe_ref;
            reasons.insert(say!(
                "les votes nommés du groupe {id} ne donnent pas ses totaux publiés",
                "the named votes of group {id} do not give its published totals"
            ));
        }
    }
    if sum(|c| c.non_votants_volontaires) != published.non_votants_volontaires {
        counted.twice.push(record.numero);
    }
}

fn number(voters: &Option<Voters>) -> u64 {
    voters.as_ref().map_or(0, |v| v.votant.len() as u64)
}

/// `voter,name,group,choice`; nothing when no member's vote is known.
fn ballots(convert: &Convert<'_>, groups: &[Group], counted: &mut Counted) -> Option<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut rows = 0_u64;
    out.write_record(["voter", "name", "group", "choice"]).ok()?;
    for group in groups {
        let Some(named) = &group.vote.decompte_nominatif else { continue };
        let of = group_id(convert, group);
        let lists = [
            (&named.pours, "for"),
            (&named.contres, "against"),
            (&named.abstentions, "abstention"),
            (&named.non_votants, "absent"),
        ];
        for (voters, choice) in lists {
            for voter in voters.iter().flat_map(|v| &v.votant) {
                let id = voter.acteur_ref.as_str();
                let name = member(convert.export, id).unwrap_or_default();
                if name.is_empty() {
                    counted.unnamed.insert(id.to_owned());
                }
                counted.delegated += u64::from(voter.par_delegation.as_deref() == Some("true"));
                out.write_record([id, name.as_str(), of.as_str(), choice]).ok()?;
                rows += 1;
            }
        }
    }
    counted.votes += rows;
    let bytes = out.into_inner().ok()?;
    String::from_utf8(bytes).ok().filter(|_| rows > 0)
}

fn group_id(convert: &Convert<'_>, group: &Group) -> String {
    let body = convert.export.bodies.get(group.organe_ref.as_str()).map(|b| &b.record);
    let short = body.and_then(|b| b.libelle_abrev.as_deref());
    slug(short.unwrap_or(&group.organe_ref)).map(|id| id.to_string()).unwrap_or_default()
}

fn group(convert: &Convert<'_>, group: &Group) -> Out {
    let body = convert.export.bodies.get(group.organe_ref.as_str()).map(|b| &b.record);
    let counts = group.vote.decompte_voix;
    let took_part = counts.pour + counts.contre + counts.abstentions;
    Fields::new()
        .text("id", group_id(convert, group))
        .text("name", body.map_or(group.organe_ref.as_str(), |b| &b.libelle))
        .plain("members", group.nombre_membres_groupe)
        .plain("for", counts.pour)
        .plain("against", counts.contre)
        .plain("abstention", counts.abstentions)
        .plain("absent", group.nombre_membres_groupe.saturating_sub(took_part))
        .item()
}

/// The rule, when it is one that is known.
fn rule(record: &RollCall, reasons: &mut Reasons) -> Fields {
    match record.type_vote.type_majorite.as_deref() {
        None | Some("Majorité absolue des suffrages exprimés") => {}
        Some(other) => {
            reasons.insert(say!(
                "majorité inconnue, « {other} » : celle des suffrages exprimés est écrite",
                "unknown majority, “{other}”: that of the votes expressed is written"
            ));
        }
    }
    Fields::new().text("base", "expressed").plain("threshold", 50)
}

/// `Scrutin n° 1267 : l’amendement n° 18 de M. Thiériot à l’article premier (texte n° 1245)`.
fn title(convert: &Convert<'_>, at: usize, record: &RollCall) -> String {
    let decision = &convert.links.decisions[at];
    let number = record.numero;
    match &decision.text {
        Some(text) => {
            let again = if decision.subject.again { ", seconde délibération" } else { "" };
            let text = Reference::of(text).number;
            format!("Scrutin n° {number} : {} (texte n° {text}{again})", typeset(&decision.subject.object))
        }
        None => format!("Scrutin n° {number} : {}", typeset(&record.titre).trim_end_matches('.')),
    }
}

/// Corrections are records of their own in the report.
fn corrections(convert: &mut Convert<'_>, filed: &Filed<RollCall>, counted: &mut Counted) {
    let Some(said) = &filed.record.mise_au_point else { return };
    let lists =
        [&said.pours, &said.contres, &said.abstentions, &said.non_votants, &said.non_votants_volontaires];
    let number = lists.into_iter().flatten().map(|v| v.votant.len()).sum::<usize>();
    counted.corrections += number as u64;
    convert.report.read("correction", number);
    for _ in 0..number {
        let reason = say!(
            "mise au point faite après le vote : dite dans le résumé du scrutin, non comptée",
            "correction made after the vote: told in the roll call's summary, not counted"
        );
        convert.report.settle(filed.fate("correction", Fate::Changed, Some(reason)));
    }
}
