//! The README of a package: what `datapackage.json` says, for people. Made from that very value, in its language.

use serde_json::Value;
use std::fmt::Write;

/// Writes the README in Markdown.
pub(super) fn readme(package: &Value) -> String {
    let french = words(&package["greffe"]["language"]).split('-').next() == Some("fr");
    let say = |fr: &'static str, en: &'static str| if french { fr } else { en };
    let mut out = String::new();
    let mut line = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    line(format!("# {}\n", words(&package["title"])));
    line(words(&package["description"]).to_owned());
    line(format!("{} {}.\n", say("Données au", "Data as of"), words(&package["greffe"]["as_of"])));
    line(format!("## {}\n", say("Licence et origine", "Licence and origin")));
    for licence in list(&package["licenses"]) {
        line(format!("- {}{}{}", say("Licence : ", "Licence: "), words(&licence["title"]), at(licence)));
    }
    if list(&package["licenses"]).is_empty() {
        line(format!("- {}", say("Aucune licence n’est indiquée.", "No licence is stated.")));
    }
    for one in list(&package["contributors"]) {
        let role = match one["roles"][0].as_str() {
            Some("publisher") => say("Publication : ", "Publisher: "),
            _ => say("Organisation : ", "Organiser: "),
        };
        line(format!("- {role}{}{}", words(&one["title"]), at(one)));
    }
    for source in list(&package["sources"]) {
        let from = say("Importé de : ", "Imported from: ");
        line(format!("- {from}{}{} {}", words(&source["title"]), at(source), words(&source["version"])));
    }
    for record in list(&package["greffe"]["quarantined"]) {
        let left = say("Laissé de côté : ", "Left out: ");
        line(format!("- {left}{}:{} ({})", words(&record["file"]), record["line"], words(&record["code"])));
    }
    line(format!("\n## {}\n", say("Les fichiers", "The files")));
    line(
        say(
            "Chaque table est un fichier CSV en UTF-8, séparé par des virgules (dans un tableur, choisissez-les à \
             l’import), avec une ligne d’en-tête. `datapackage.json` les décrit selon Frictionless Data Package v2. \
             Une cellule vide veut dire que rien n’est connu.",
            "Each table is a CSV file in UTF-8, separated by commas (in a spreadsheet, choose them on import), with a \
             header row. `datapackage.json` describes them as a Frictionless Data Package v2. An empty cell means \
             that nothing is known.",
        )
        .to_owned(),
    );
    for resource in list(&package["resources"]) {
        table(&mut out, resource, french);
    }
    out
}

fn table(out: &mut String, resource: &Value, french: bool) {
    let rows = if french { "lignes" } else { "rows" };
    let bytes = if french { "octets" } else { "bytes" };
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "\n### {} (`{}`)\n\n{}\n\n{} {rows}, {} {bytes}, {}\n\n",
        words(&resource["title"]),
        words(&resource["path"]),
        words(&resource["description"]),
        resource["greffe:rows"],
        resource["bytes"],
        words(&resource["hash"]),
    );
    for field in list(&resource["schema"]["fields"]) {
        let _ = write!(
            out,
            "- `{}` ({}): {}",
            words(&field["name"]),
            words(&field["type"]),
            words(&field["description"])
        );
        let choices: Vec<String> =
            list(&field["constraints"]["enum"]).iter().map(|c| format!("`{}`", words(c))).collect();
        if !choices.is_empty() {
            let _ = write!(out, " ({})", choices.join(", "));
        }
        out.push('\n');
    }
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn at(value: &Value) -> String {
    value["path"].as_str().map(|path| format!(", <{path}>")).unwrap_or_default()
}
