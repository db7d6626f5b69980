//! The export's files → typed records, each with its file. In come JSON files as the Assemblée nationale publishes
//! them (XML made JSON: what occurs once is an object, what occurs twice a list, what is nothing an object that says
//! so); out come [`Export`] and, in the report, each file that is none of its records.

use crate::import::report::{Fate, Received, Report, Row};
use crate::import::{Input, InputFile};
use crate::lang::Bilingual;
use crate::say;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// Amendments, in the order of their files.
    pub(super) amendments: Vec<Filed<Amendment>>,
    /// Roll calls, in the order of their numbers.
    pub(super) roll_calls: Vec<Filed<RollCall>>,
    /// Groups, governments, the assembly, by their ids (`PO845401`).
    pub(super) bodies: BTreeMap<Box<str>, Filed<Body>>,
    /// Members by their ids (`PA1008`).
    pub(super) people: BTreeMap<Box<str>, Filed<Person>>,
}

/// A record and its file.
#[derive(Debug)]
pub(super) struct Filed<T> {
    pub(super) file: Box<str>,
    pub(super) row: Box<str>,
    pub(super) record: T,
}

impl<T> Filed<T> {
    /// Its line in the report: kept when nothing of it was left out.
    pub(super) fn fate(&self, kind: &'static str, fate: Fate, reason: Option<Bilingual>) -> Row {
        Row { kind, file: self.file.clone(), row: self.row.clone(), fate, reason, id: None }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Amendment {
    pub(super) uid: String,
    pub(super) legislature: Option<String>,
    pub(super) identification: Identification,
    pub(super) examen_ref: Option<String>,
    pub(super) texte_legislatif_ref: String,
    pub(super) amendement_parent_ref: Option<String>,
    pub(super) signataires: Signatories,
    pub(super) pointeur_fragment_texte: Pointer,
    pub(super) corps: Said,
    pub(super) cycle_de_vie: Life,
    pub(super) seance_discussion_ref: Option<String>,
    pub(super) discussion_identique: Option<Identical>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Identification {
    /// As shown: `126 (Rect)`, `CL5`.
    pub(super) numero_long: String,
    /// Where it is examined: `AN` is the floor.
    pub(super) prefixe_organe_examen: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Signatories {
    pub(super) auteur: Signatory,
    pub(super) libelle: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Signatory {
    pub(super) acteur_ref: Option<String>,
    pub(super) groupe_politique_ref: Option<String>,
    pub(super) gouvernement_ref: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Pointer {
    pub(super) division: Division,
    pub(super) amendement_standard: Option<Standard>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Division {
    /// `Article PREMIER`, `Article 1er bis A`.
    pub(super) titre: Option<String>,
    /// `A` (on it), `Avant`, `Après`.
    #[serde(rename = "avant_A_Apres")]
    pub(super) beside: Option<String>,
    pub(super) chapitre_additionnel: Option<String>,
    pub(super) url_division_texte_vise: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Standard {
    pub(super) alinea: Option<Paragraph>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Paragraph {
    pub(super) numero: Option<String>,
    /// `A`, `Avant`, `Apres`.
    #[serde(rename = "avant_A_Apres")]
    pub(super) beside: Option<String>,
}

/// What an amendment says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Said {
    pub(super) cartouche_informatif: Option<String>,
    pub(super) contenu_auteur: Option<Words>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Words {
    pub(super) dispositif: Option<String>,
    pub(super) expose_sommaire: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Life {
    pub(super) date_depot: Option<String>,
    pub(super) date_sort: Option<String>,
    pub(super) sort: Option<String>,
    pub(super) etat_des_traitements: States,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct States {
    pub(super) etat: Coded,
    pub(super) sous_etat: Coded,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Coded {
    pub(super) code: Option<String>,
    pub(super) libelle: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Identical {
    pub(super) id_discussion: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RollCall {
    pub(super) uid: String,
    #[serde(deserialize_with = "number")]
    pub(super) numero: u64,
    pub(super) legislature: Option<String>,
    pub(super) seance_ref: Option<String>,
    pub(super) date_scrutin: Option<String>,
    pub(super) type_vote: VoteType,
    pub(super) sort: Coded,
    pub(super) titre: String,
    pub(super) demandeur: Asked,
    pub(super) synthese_vote: Synthesis,
    pub(super) ventilation_votes: Breakdown,
    pub(super) mise_au_point: Option<Corrections>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct VoteType {
    pub(super) libelle_type_vote: Option<String>,
    pub(super) type_majorite: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) texte: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Synthesis {
    #[serde(deserialize_with = "number")]
    pub(super) nombre_votants: u64,
    #[serde(deserialize_with = "number")]
    pub(super) suffrages_exprimes: u64,
    #[serde(deserialize_with = "number")]
    pub(super) nbr_suffrages_requis: u64,
    pub(super) decompte: Counts,
}

/// Published counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Counts {
    #[serde(deserialize_with = "number")]
    pub(super) pour: u64,
    #[serde(deserialize_with = "number")]
    pub(super) contre: u64,
    #[serde(deserialize_with = "number")]
    pub(super) abstentions: u64,
    #[serde(deserialize_with = "number")]
    pub(super) non_votants: u64,
    #[serde(deserialize_with = "number")]
    pub(super) non_votants_volontaires: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Breakdown {
    pub(super) organe: Groups,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Groups {
    pub(super) groupes: GroupList,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroupList {
    #[serde(deserialize_with = "many")]
    pub(super) groupe: Vec<Group>,
}

/// How a group voted.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) organe_ref: String,
    #[serde(deserialize_with = "number")]
    pub(super) nombre_membres_groupe: u64,
    pub(super) vote: GroupVote,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct GroupVote {
    pub(super) decompte_voix: Counts,
    pub(super) decompte_nominatif: Option<Named>,
}

/// Who voted what.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Named {
    pub(super) pours: Option<Voters>,
    pub(super) contres: Option<Voters>,
    pub(super) abstentions: Option<Voters>,
    pub(super) non_votants: Option<Voters>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Voters {
    #[serde(deserialize_with = "many")]
    pub(super) votant: Vec<Voter>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Voter {
    pub(super) acteur_ref: String,
    pub(super) par_delegation: Option<String>,
}

/// What members declared afterwards that they had wanted to vote (mises au point).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Corrections {
    #[serde(deserialize_with = "many")]
    pub(super) pours: Vec<Voters>,
    #[serde(deserialize_with = "many")]
    pub(super) contres: Vec<Voters>,
    #[serde(deserialize_with = "many")]
    pub(super) abstentions: Vec<Voters>,
    #[serde(deserialize_with = "many")]
    pub(super) non_votants: Vec<Voters>,
    #[serde(deserialize_with = "many")]
    pub(super) non_votants_volontaires: Vec<Voters>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Body {
    pub(super) uid: String,
    pub(super) libelle: String,
    pub(super) libelle_abrev: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Person {
    pub(super) civ: Option<String>,
    pub(super) nom: String,
    pub(super) prenom: String,
}

/// Reads every file.
pub(super) fn read(input: &Input, report: &mut Report) -> Export {
    let mut export = Export::default();
    for file in &input.files {
        let bytes = file.contents.as_ref().map_or(0, |c| c.len() as u64);
        report.received.push(Received { path: file.path.clone(), bytes, sha256: file.sha256.clone() });
        if let Err(reason) = one(file, &mut export, report) {
            report.read("file", 1);
            let row = Row {
                kind: "file",
                file: file.path.clone(),
                row: "".into(),
                fate: Fate::Skipped,
                reason: Some(reason),
                id: None,
            };
            report.settle(row);
        }
    }
    export.roll_calls.sort_by_key(|r| r.record.numero);
    export
}

fn one(file: &InputFile, export: &mut Export, report: &mut Report) -> Result<(), Bilingual> {
    let bytes = file.contents.as_ref().map_err(|words| say!("illisible : {words}", "unreadable: {words}"))?;
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|e| say!("ce n’est pas du JSON : {e}", "this is not JSON: {e}"))?;
    let Value::Object(mut map) = clean(value) else { return Err(unknown()) };
    let mut filed = |kind: &'static str| report.read(kind, 1);
    let (path, none) = (&file.path, "");
    if let Some(value) = map.remove("amendement") {
        let record: Amendment = typed(value)?;
        filed("amendment");
        export.amendments.push(Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("scrutin") {
        let record: RollCall = typed(value)?;
        filed("roll call");
        export.roll_calls.push(Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("organe") {
        let record: Body = typed(value)?;
        filed("body");
        export
            .bodies
            .insert(record.uid.as_str().into(), Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("acteur") {
        let (id, record) = person(value)?;
        filed("person");
        export.people.insert(id, Filed { file: path.clone(), row: none.into(), record });
    } else if !map.is_empty() && map.keys().all(|key| key.starts_with("PA")) {
        for (id, value) in map {
            let record: Person = typed(value)?;
            filed("person");
            export
                .people
                .insert(id.as_str().into(), Filed { file: path.clone(), row: id.as_str().into(), record });
        }
    } else {
        return Err(unknown());
    }
    Ok(())
}

fn unknown() -> Bilingual {
    say!(
        "ni un amendement, ni un scrutin, ni un organe, ni des acteurs",
        "neither an amendment, a roll call, a body nor people"
    )
}

/// A member as the official files write one: a uid that is an object, a name two levels down.
fn person(value: Value) -> Result<(Box<str>, Person), Bilingual> {
    let uid = value.get("uid").and_then(|uid| uid.get("#text").unwrap_or(uid).as_str()).map(Box::from);
    let named = value.pointer("/etatCivil/ident").cloned().ok_or_else(unknown)?;
    Ok((uid.ok_or_else(unknown)?, typed(named)?))
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Bilingual> {
    serde_json::from_value(value)
        .map_err(|e| say!("n’a pas la forme attendue : {e}", "not of the expected shape: {e}"))
}

/// What is nothing becomes null and leaves no key, attributes of XML go, decomposed letters are composed.
fn clean(value: Value) -> Value {
    match value {
        Value::Object(map) if map.get("@xsi:nil").and_then(Value::as_str) == Some("true") => Value::Null,
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, _)| !key.starts_with('@'));
            let clean = kept.map(|(key, value)| (key, clean(value))).filter(|(_, value)| !value.is_null());
            Value::Object(clean.collect::<Map<_, _>>())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(clean).filter(|v| !v.is_null()).collect()),
        Value::String(words) => Value::String(words.nfc().collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

/// One or several.
fn many<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    let list = match Value::deserialize(from)? {
        Value::Null => Vec::new(),
        Value::Array(list) => list,
        Value::Object(map) => vec![Value::Object(map)],
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(serde::de::Error::custom("neither an object nor a list"));
        }
    };
    list.into_iter().map(serde_json::from_value).collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

/// A number, mostly written as words. No assembly has a thousand million members.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let value = Value::deserialize(from)?;
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    number
        .filter(|n| *n < 1_000_000_000)
        .ok_or_else(|| serde::de::Error::custom(format!("{value} is not a whole number")))
}
