//! The package: `datapackage.json` of a Frictionless Data Package v2, <https://datapackage.org/standard/>. It
//! says of every file what it is, its size and its digest, and of the whole what is known to be missing.

use super::definition::{Said, is_french};
use super::licence::licence;
use super::table::{ColumnInfo, ForeignKey, Table};
use crate::lang::Lang;
use crate::model::site::{Consultation, Site};
use crate::route::{Part, Route};
use serde_json::{Map, Value, json};

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";
const DIALECT_PROFILE: &str = "https://datapackage.org/profiles/2.0/tabledialect.json";

/// What is done to cells that a spreadsheet would run.
const NEUTRALISED: Said = Said {
    fr: "Dans les fichiers CSV, une apostrophe est ajoutée devant les mots qui commencent par =, +, -, @, \
         leurs formes pleine chasse, une tabulation ou une fin de ligne (précédés ou non d’apostrophes), pour \
         qu’aucun tableur ne les exécute comme une formule. Elle ne l’est que dans les colonnes marquées \
         « greffe:free » ; pour retrouver les mots exacts, ôtez-en une apostrophe quand ce qui suit les \
         apostrophes du début est l’un de ces caractères. Les données JSON des pages sont exactes.",
    en: "In the CSV files an apostrophe is added before words that begin with =, +, -, @, their full-width \
         forms, a tab or a line end (apostrophes before them or not), so that no spreadsheet runs them as a \
         formula. Only columns marked “greffe:free” have it; to get the exact words back, take one apostrophe \
         off where what follows the leading apostrophes is one of these characters. The JSON data of the pages \
         is exact.",
};

/// Makes `datapackage.json` of a consultation's tables.
pub fn package(site: &Site, consultation: &Consultation, tables: &[Table], lang: &Lang) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), PROFILE.into());
    out.insert("name".into(), consultation.id.as_str().to_lowercase().into());
    let home = data_page(site, consultation, lang);
    if let Some(home) = &home {
        // The address of the data page is the one name for this package that no other can have.
        out.insert("id".into(), home.clone().into());
    }
    out.insert("title".into(), consultation.title.get(lang).to_string().into());
    out.insert("description".into(), description(site, consultation, lang).into());
    if let Some(home) = home {
        out.insert("homepage".into(), home.into());
    }
    let as_of = site.day_of(consultation);
    let day = as_of.0;
    // Content without a single date speaks of the year 0, which is no date for anyone else.
    if day.year() > 0 {
        out.insert("version".into(), format!("{}.{}.{}", day.year(), day.month(), day.day()).into());
        out.insert("created".into(), format!("{as_of}T00:00:00Z").into());
    }
    let keywords: Vec<&str> = consultation.themes.iter().map(|t| &**t.get(lang)).collect();
    if !keywords.is_empty() {
        out.insert("keywords".into(), keywords.into());
    }
    if let Some(words) = consultation.licence.as_ref().or(site.licence.as_ref()) {
        out.insert("licenses".into(), vec![licence(words).to_json()].into());
    }
    out.insert("contributors".into(), contributors(site, consultation, lang));
    if let Some(origin) = &consultation.origin {
        let mut source = Map::from_iter([("title".to_owned(), origin.platform.to_string().into())]);
        if let Some(url) = &origin.url {
            source.insert("path".into(), url.to_string().into());
        }
        if let Some(retrieved) = origin.retrieved {
            source.insert("version".into(), retrieved.to_string().into());
        }
        out.insert("sources".into(), json!([source]));
    }
    out.insert("greffe".into(), of_ours(site, consultation, lang));
    out.insert("resources".into(), tables.iter().map(resource).collect());
    out.into()
}

/// What a Data Package has no word for.
fn of_ours(site: &Site, consultation: &Consultation, lang: &Lang) -> Value {
    let quarantined: Vec<Value> = left_out(site, consultation)
        .map(|q| json!({ "file": q.file, "line": q.line, "code": q.code }))
        .collect();
    let missing: Vec<&str> = consultation.known_missing.iter().map(|w| &**w.get(lang)).collect();
    json!({
        "language": lang,
        "as_of": site.day_of(consultation),
        "formulas": NEUTRALISED.get(lang),
        "known_missing": missing,
        "quarantined": quarantined,
    })
}

/// The records of this consultation that `--quarantine` left out.
fn left_out<'s>(
    site: &'s Site,
    consultation: &'s Consultation,
) -> impl Iterator<Item = &'s crate::model::site::Quarantined> {
    let inside = |file: &str| file.strip_prefix(&*consultation.folder).is_some_and(|r| r.starts_with('/'));
    site.quarantined.iter().filter(move |q| inside(&q.file))
}

/// In Markdown, as the standard has it: the summary, the rule about formulas, what is missing.
fn description(site: &Site, consultation: &Consultation, lang: &Lang) -> String {
    let french = is_french(lang);
    let mut out = format!("{}\n\n{}\n", consultation.summary.get(lang).trim(), NEUTRALISED.get(lang));
    if !consultation.known_missing.is_empty() {
        out.push_str(if french { "\nCe qui manque :\n\n" } else { "\nWhat is known to be missing:\n\n" });
        for missing in &consultation.known_missing {
            out.push_str(&format!("- {}\n", missing.get(lang).trim()));
        }
    }
    let count = left_out(site, consultation).count();
    if count > 0 {
        out.push_str(&if french {
            format!("\nFiches laissées de côté parce qu’elles sont fautives : {count}.\n")
        } else {
            format!("\nRecords left out because they are at fault: {count}.\n")
        });
    }
    out
}

/// The absolute address of the data page, when the site says where it stands.
fn data_page(site: &Site, consultation: &Consultation, lang: &Lang) -> Option<String> {
    let base = site.base_url.as_ref()?;
    let folder = Route::In(&consultation.id, Part::Data).folder();
    Some(match site.languages.len() {
        0 | 1 => format!("{base}/{folder}"),
        _ => format!("{base}/{lang}/{folder}"),
    })
}

fn contributors(site: &Site, consultation: &Consultation, lang: &Lang) -> Value {
    let party = |party: &crate::model::site::Party, role: &str| {
        let mut out = Map::from_iter([("title".to_owned(), party.name.get(lang).to_string().into())]);
        if let Some(url) = &party.url {
            out.insert("path".into(), url.to_string().into());
        }
        out.insert("roles".into(), json!([role]));
        Value::from(out)
    };
    let mut all = vec![party(&consultation.organiser, "creator")];
    all.extend(site.publisher.as_ref().map(|publisher| party(publisher, "publisher")));
    all.into()
}

/// A table's file.
fn resource(table: &Table) -> Value {
    json!({
        "$schema": RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "path": table.file(),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": format!("sha256:{}", table.sha256),
        "dialect": {
            "$schema": DIALECT_PROFILE,
            "header": true,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
        },
        "schema": schema(table),
        "greffe:rows": table.rows,
    })
}

fn schema(table: &Table) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), SCHEMA_PROFILE.into());
    out.insert("fields".into(), table.columns.iter().map(field).collect());
    out.insert("missingValues".into(), json!([""]));
    if !table.primary_key.is_empty() {
        out.insert("primaryKey".into(), table.primary_key.clone().into());
    }
    if !table.foreign_keys.is_empty() {
        let key = |key: &ForeignKey| reference(key, table.name);
        out.insert("foreignKeys".into(), table.foreign_keys.iter().map(key).collect());
    }
    out.into()
}

/// A reference to the table itself names no resource, as v2 has it.
fn reference(key: &ForeignKey, own: &str) -> Value {
    let mut reference = Map::new();
    if key.table != own {
        reference.insert("resource".into(), key.table.into());
    }
    reference.insert("fields".into(), key.references.clone().into());
    json!({ "fields": key.columns, "reference": reference })
}

fn field(column: &ColumnInfo) -> Value {
    let mut out = Map::new();
    out.insert("name".into(), column.name.into());
    out.insert("type".into(), column.r#type.into());
    out.insert("description".into(), column.description.into());
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if column.unique {
        constraints.insert("unique".into(), true.into());
    }
    if let Some(minimum) = column.minimum {
        constraints.insert("minimum".into(), minimum.into());
    }
    if let Some(pattern) = column.pattern {
        constraints.insert("pattern".into(), pattern.into());
    }
    if !column.choices.is_empty() {
        constraints.insert("enum".into(), column.choices.clone().into());
    }
    if !constraints.is_empty() {
        out.insert("constraints".into(), constraints.into());
    }
    if column.free {
        out.insert("greffe:free".into(), true.into());
    }
    out.into()
}
