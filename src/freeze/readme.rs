//! `README.txt` of a bag: how to read it and how to check it in twenty years, in French and in English, in plain text,
//! without a program of ours.

use crate::model::when::Date;

/// Who may have a bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anybody.
    Public,
    /// The archive service alone.
    Sealed,
}

impl Kind {
    /// Its word in `bag-info.txt`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Public => "public",
            Kind::Sealed => "sealed",
        }
    }
}

/// What the words need to know.
#[derive(Debug)]
pub struct Told<'t> {
    /// Who may have it.
    pub kind: Kind,
    /// Title of the consultation.
    pub title: &'t str,
    /// Who consulted.
    pub organiser: &'t str,
    /// Its folder in the site.
    pub slug: &'t str,
    /// Where that folder stands: `fr/` in a site of several languages, else nothing.
    pub folder: String,
    /// The day.
    pub date: Date,
    /// Version of Greffe.
    pub greffe: &'t str,
    /// Where Greffe can be had.
    pub source: &'t str,
    /// Whether the source of Greffe is in the bag.
    pub has_source: bool,
    /// Whether the history of the content is in the bag.
    pub history: bool,
}

/// The file.
pub fn readme(told: &Told<'_>) -> String {
    format!("{}\n\n{}", french(told), english(told))
}

fn french(told: &Told<'_>) -> String {
    let Told { title, organiser, slug, folder, greffe, source, .. } = told;
    let day = told.date.in_french();
    let sealed = match told.kind {
        Kind::Public => "",
        Kind::Sealed => {
            "\nCette archive est COMPLÈTE : elle contient des mots retenus et des données personnelles.\n\
             Elle n’est pas faite pour être publiée.\n\
             data/exports      les exports reçus, tels quels (s’il y en a)\n\
             data/withheld     ce que la modération a retenu et gardé à part (s’il y en a)\n"
        }
    };
    let history = if told.history {
        "data/history.git  l’historique du contenu : git clone data/history.git\n"
    } else {
        ""
    };
    let own = if told.has_source {
        "data/greffe       le code source de Greffe, pour refaire le site\n"
    } else {
        ""
    };
    format!(
        "ARCHIVE D’UNE CONSULTATION PUBLIQUE\n\
         ===================================\n\n\
         {title}\n{organiser}\nGelée le {day} avec Greffe {greffe}.\n\
         {sealed}\n\
         LIRE\n\
         Ouvrez data/site/{folder}{slug}/index.html dans un navigateur. Rien d’autre n’est nécessaire : ni réseau,\n\
         ni serveur, ni programme. Sans JavaScript, tout se lit aussi.\n\
         Chaque page a ses données à côté d’elle (index.json, et index.csv si elle montre un tableau) ;\n\
         toutes les tables sont dans data/site/{folder}{slug}/data/.\n\n\
         VÉRIFIER QUE RIEN N’A CHANGÉ\n\
         Dans le dossier de cette archive :\n\
         \x20   sha512sum -c manifest-sha512.txt        (ou : shasum -a 512 -c manifest-sha512.txt)\n\
         \x20   sha512sum -c tagmanifest-sha512.txt\n\
         Chaque ligne doit finir par « OK » (« Réussi » en français). manifest-sha256.txt dit la même chose\n\
         avec SHA-256. L’archive suit BagIt 1.0 (RFC 8493) : tout vérificateur de ce format l’accepte.\n\
         Avec Greffe : « greffe verify DOSSIER » vérifie aussi les liens, les données et les votes,\n\
         « greffe rebuild DOSSIER --output SITE » refait le site et le compare à l’octet près.\n\n\
         CE QUI EST ICI\n\
         data/site         le site\n\
         data/sources      les textes et les données dont il est fait (Markdown, YAML, CSV)\n\
         {own}{history}\
         bag-info.txt      dates, versions, identifiants\n\n\
         Greffe : {source}\n"
    )
}

fn english(told: &Told<'_>) -> String {
    let Told { title, organiser, slug, folder, date, greffe, source, .. } = told;
    let sealed = match told.kind {
        Kind::Public => "",
        Kind::Sealed => {
            "\nThis archive is COMPLETE: it holds withheld words and personal data. It is not to be published.\n\
             data/exports      exports as received (if there are any)\n\
             data/withheld     what moderation withheld and kept apart (if there is any)\n"
        }
    };
    let history = if told.history {
        "data/history.git  the history of the content: git clone data/history.git\n"
    } else {
        ""
    };
    let own = if told.has_source {
        "data/greffe       the source code of Greffe, to make the site again\n"
    } else {
        ""
    };
    format!(
        "ARCHIVE OF A PUBLIC CONSULTATION\n\
         ================================\n\n\
         {title}\n{organiser}\nFrozen on {date} with Greffe {greffe}.\n\
         {sealed}\n\
         TO READ IT\n\
         Open data/site/{folder}{slug}/index.html in a browser. Nothing else is needed: no network, no server, no\n\
         program. Without JavaScript everything can be read too.\n\
         Each page has its data beside it (index.json, and index.csv where it shows a table); all the tables\n\
         are in data/site/{folder}{slug}/data/.\n\n\
         TO CHECK THAT NOTHING CHANGED\n\
         In the folder of this archive:\n\
         \x20   sha512sum -c manifest-sha512.txt        (or: shasum -a 512 -c manifest-sha512.txt)\n\
         \x20   sha512sum -c tagmanifest-sha512.txt\n\
         Each line must end with “OK”. manifest-sha256.txt says the same with SHA-256. The archive follows\n\
         BagIt 1.0 (RFC 8493): any checker of that format accepts it.\n\
         With Greffe: “greffe verify FOLDER” checks links, data and votes too, “greffe rebuild FOLDER\n\
         --output SITE” makes the site again and compares it byte by byte.\n\n\
         WHAT IS HERE\n\
         data/site         the site\n\
         data/sources      the texts and data it is made of (Markdown, YAML, CSV)\n\
         {own}{history}\
         bag-info.txt      dates, versions, identifiers\n\n\
         Greffe: {source}\n"
    )
}
