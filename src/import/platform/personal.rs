//! Columns that say who somebody is: known by their names, never kept. A field that a platform names itself
//! (`author_email`) is told from a question that an organiser wrote (`Votre code postal`).

use crate::import::names::fold;

/// Endings of names of fields, in lower case with `_` between words.
const FIELDS: [&str; 31] = [
    "username",
    "email",
    "is_email_confirmed",
    "is_phone_confirmed",
    "phone",
    "phone_number",
    "zip_code",
    "zipcode",
    "postal_code",
    "postal_address",
    "formatted_address",
    "address",
    "address_lat",
    "address_lng",
    "latitude",
    "longitude",
    "date_of_birth",
    "birthdate",
    "gender",
    "firstname",
    "first_name",
    "lastname",
    "last_name",
    "city",
    "profile_url",
    "identification_code",
    "ip",
    "ip_address",
    "user_agent",
    "internal_communication",
    "external_communication",
];

/// What a question about a person asks for, folded.
const ASKED: [&str; 22] = [
    "email",
    "e-mail",
    "mail",
    "courriel",
    "adresse electronique",
    "telephone",
    "tel",
    "portable",
    "phone",
    "code postal",
    "postal code",
    "zip code",
    "date de naissance",
    "annee de naissance",
    "date of birth",
    "adresse",
    "address",
    "nom",
    "prenom",
    "name",
    "commune de residence",
    "ville de residence",
];

/// Whether a field of this name says who somebody is.
pub(crate) fn field(name: &str) -> bool {
    let whole =
        |ending: &str| name == ending || name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('_'));
    FIELDS.iter().any(|ending| whole(ending)) || name.contains("geoip")
}

/// Whether a question asks people who they are: a few words that name it, or `votre …`.
pub(crate) fn question(title: &str) -> bool {
    let folded = fold(title);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let sentence = format!(" {} ", words.join(" "));
    let asks = |what: &&str| sentence.contains(&format!(" {what} "));
    let yours = ["votre", "vos", "your", "ton"].iter().any(asks);
    let short = words.len() <= 4 && !title.trim_end().ends_with('?');
    (short || yours) && ASKED.iter().any(asks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_somebody_is_is_told_from_what_they_think() {
        for name in
            ["author_email", "email", "participant_zip_code", "argument_geoip_city_name", "address_lat"]
        {
            assert!(field(name), "{name}");
        }
        for name in ["body", "publication_status", "title", "emailing", "description"] {
            assert!(!field(name), "{name}");
        }
        for title in [
            "Votre code postal",
            "Nom",
            "Adresse e-mail :",
            "Quel est votre téléphone ?",
            "Date de naissance",
        ] {
            assert!(question(title), "{title}");
        }
        for title in
            ["Quel nom donner à la place ?", "Faut-il interdire le téléphone à l’école ?", "En résumé"]
        {
            assert!(!question(title), "{title}");
        }
    }
}
