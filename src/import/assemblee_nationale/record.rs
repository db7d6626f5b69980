//! The shapes of the records, with the names that the Assemblée nationale gives them: its XML made JSON, where what occurs
//! once is an object and what occurs twice a list, and numbers are words. Only what is used is named.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Amendment {
    pub(super) uid: String,
    pub(super) legislature: Option<String>,
    pub(super) identification: Identification,
    pub(super) examen_ref: Option<String>,
    pub(super) texte_legislatif_ref: String,
    pub(super) amendement_parent_ref: Option<String>,
    /// A word under which the amendments of one deliberation come in the order of their discussion.
    pub(super) tri_amendement: Option<String>,
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
