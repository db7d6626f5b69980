//! The catalogue of diagnostics. A code is stable: its meaning never changes and its number is never used
//! again. `docs/diagnostics.md` is written from this list, and a test fails when a code has no test.

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built until it is mended (or the record is left out with `--quarantine`).
    Error,
    /// The site is built; somebody should look.
    Warning,
}

macro_rules! catalogue {
    ($($code:ident $severity:ident $fr:literal $en:literal $fr_mend:literal $en_mend:literal;)*) => {
        /// A stable code. The documentation of each is its entry in the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Code { $($code,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// `G001`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// How grave.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// What it means, in French and in English.
            pub fn meaning(self) -> (&'static str, &'static str) {
                match self { $(Code::$code => ($fr, $en),)* }
            }

            /// How to mend it, in French and in English.
            pub fn remedy(self) -> (&'static str, &'static str) {
                match self { $(Code::$code => ($fr_mend, $en_mend),)* }
            }
        }
    };
}

catalogue! {
    G001 Error "Le fichier n’est pas du texte UTF-8." "The file is not UTF-8 text."
        "Enregistrez-le en UTF-8 (dans l’éditeur : « Enregistrer avec l’encodage »)." "Save it as UTF-8 (in the editor: “Save with encoding”).";
    G002 Error "Le fichier est trop grand pour être lu en entier." "The file is too large to be read whole."
        "Découpez-le en plusieurs fichiers." "Split it into several files.";
    G003 Error "Un lien symbolique se trouve dans le contenu." "A symbolic link stands in the content."
        "Remplacez-le par le fichier lui-même : le contenu ne doit dépendre de rien d’autre." "Replace it with the file itself: content must not depend on anything elsewhere.";
    G004 Error "Le fichier ne peut pas être lu." "The file cannot be read."
        "Vérifiez les droits d’accès." "Check its permissions.";
    G005 Error "Le nom du fichier ne peut pas devenir une adresse." "The file's name cannot become an address."
        "Renommez-le avec des lettres, des chiffres, des tirets." "Rename it with letters, digits and hyphens.";
    G006 Error "Le YAML ne peut pas être lu." "The YAML cannot be read."
        "Corrigez la syntaxe à l’endroit indiqué (le plus souvent : retrait, deux-points, guillemets)." "Mend the syntax at the place shown (most often: indentation, colon, quotes).";
    G007 Error "Une clé est écrite deux fois." "A key is written twice."
        "Gardez l’une des deux." "Keep one of the two.";
    G008 Error "Les ancres et alias YAML ne sont pas admis." "YAML anchors and aliases are not accepted."
        "Écrivez la valeur en toutes lettres à chaque endroit." "Write the value out at each place.";
    G009 Error "Le contenu est imbriqué trop profondément." "The content is nested too deeply."
        "Réduisez le nombre de niveaux (64 au plus)." "Use fewer levels (64 at most).";
    G010 Error "Une clé est inconnue." "A key is unknown."
        "Corrigez son nom ou retirez-la ; docs/format.md donne la liste." "Mend its name or remove it; docs/format.md has the list.";
    G011 Error "Une clé nécessaire manque." "A required key is missing."
        "Ajoutez-la." "Add it.";
    G012 Error "Un amendement vise des mots que le texte ne contient pas." "An amendment quotes words that the text does not contain."
        "Citez les mots exactement, ou nommez un autre alinéa." "Quote the words exactly as they stand, or name another paragraph.";
    G013 Error "Une valeur n’a pas la forme attendue." "A value does not have the expected shape."
        "Écrivez-la comme le dit le message." "Write it as the message says.";
    G014 Error "Une valeur n’est pas l’une de celles qui sont admises." "A value is not one of those accepted."
        "Choisissez dans la liste du message." "Choose from the list in the message.";
    G015 Error "Une date est impossible." "A date is impossible."
        "Écrivez une date qui existe : AAAA-MM-JJ, ou AAAA-MM-JJThh:mm:ss+hh:mm." "Write a date that exists: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss+hh:mm.";
    G016 Error "Un identifiant est mal formé." "An id is malformed."
        "Employez des lettres, chiffres, tirets, points ou tirets bas ; 80 caractères au plus." "Use letters, digits, hyphens, dots or underscores; 80 characters at most.";
    G017 Error "Deux objets portent le même identifiant." "Two records have the same id."
        "Donnez un autre identifiant à l’un d’eux ; majuscules et accents ne suffisent pas à les distinguer." "Give one of them another id; case and accents do not tell them apart.";
    G018 Error "Une référence ne mène à rien." "A reference leads nowhere."
        "Corrigez l’identifiant, ou ajoutez ce qui manque." "Mend the id, or add what is missing.";
    G019 Error "Des références tournent en rond." "References form a circle."
        "Retirez l’une d’elles." "Remove one of them.";
    G020 Error "Un chemin sort du site." "A path leaves the site."
        "Écrivez un chemin relatif sans « .. »." "Write a relative path without “..”.";
    G021 Error "Des dates se contredisent." "Dates contradict each other."
        "Corrigez l’une des deux." "Mend one of the two.";
    G022 Error "Le fichier est à un endroit où rien n’est attendu." "The file stands where nothing is expected."
        "Déplacez-le : docs/format.md montre les dossiers." "Move it: docs/format.md shows the folders.";
    G023 Error "L’en-tête YAML d’un fichier Markdown manque ou n’est pas fermé." "The YAML front matter of a Markdown file is missing or not closed."
        "Commencez le fichier par une ligne « --- », les clés, puis une ligne « --- »." "Begin the file with a line “---”, the keys, then a line “---”.";
    G024 Error "Un fichier attendu manque." "An expected file is missing."
        "Ajoutez-le, ou retirez ce qui le nomme." "Add it, or remove what names it.";
    G025 Error "Deux décomptes ne concordent pas." "Two counts disagree."
        "Corrigez l’un, ou reconnaissez l’écart avec « acknowledged: {reason, date} »." "Mend one, or acknowledge the difference with “acknowledged: {reason, date}”.";
    G026 Error "Un vote ne peut pas être dépouillé." "A vote cannot be tallied."
        "Corrigez la règle, les bulletins ou les totaux comme le dit le message." "Mend the rule, the ballots or the totals as the message says.";
    G027 Error "Deux pages auraient la même adresse." "Two pages would have the same address."
        "Changez l’un des identifiants ou des alias." "Change one of the ids or aliases.";
    G028 Warning "Une traduction manque." "A translation is missing."
        "Ajoutez le fichier ou le champ dans cette langue ; la page dit sinon qu’elle manque." "Add the file or field in that language; otherwise the page says so.";
    G030 Warning "Une donnée personnelle semble se trouver dans un texte publié." "Personal data seems to stand in a published text."
        "Retirez-la, ou gardez le texte si la personne l’a voulu." "Remove it, or keep the text if the person meant it.";
    G031 Warning "Un contenu écarté se trouve encore dans les fichiers publiables." "Withheld words still stand in files that could be published."
        "Remplacez les mots par leur empreinte (« digest »), ou gardez ce dépôt privé." "Replace the words by their digest, or keep this repository private.";
    G032 Warning "Le texte est vide." "The text is empty."
        "Écrivez-le, ou dites « lost: true » si ses mots sont perdus." "Write it, or say “lost: true” if its words are lost.";
    G033 Error "Une clé n’est pas admise à cet endroit." "A key is not accepted here."
        "Retirez-la, ou changez le genre de l’objet." "Remove it, or change the kind of the record.";
    G034 Error "Le dossier du site est incomplet." "The site's folder is incomplete."
        "Ajoutez greffe.yaml et content/, ou lancez greffe init." "Add greffe.yaml and content/, or run greffe init.";
    G035 Error "Le thème ne peut pas être employé." "The theme cannot be used."
        "Corrigez le gabarit ou le fichier de messages à l’endroit indiqué." "Mend the template or message file at the place shown.";
    G036 Warning "Un nom de fichier change en s’écrivant dans une adresse." "A file's name changes when written in an address."
        "Renommez-le en minuscules sans accents ni espaces." "Rename it in lower case without accents or spaces.";
    G037 Warning "Une consultation très grande n’est pas répartie en sous-dossiers." "A very large consultation is not spread over sub-folders."
        "Ajoutez « spread: true » avant la première publication." "Add “spread: true” before it is first published.";
    G038 Warning "Un objet en faute est laissé de côté." "A record at fault is left out."
        "Corrigez-le comme le dit le diagnostic d’origine, puis construisez sans --quarantine." "Mend it as the original diagnostic says, then build without --quarantine.";
    G039 Warning "Un texte contient des caractères invisibles." "A text contains invisible characters."
        "Retirez-les : ils peuvent montrer autre chose que ce qui est écrit." "Remove them: they can show something else than what is written.";
    G040 Warning "Une version diffère de la précédente sans qu’une modification enregistrée l’explique." "A version differs from the one before, and no recorded change explains it."
        "Enregistrez dans amendments/ la modification qui l’explique, avec son origine." "Record the change that explains it in amendments/, with its origin.";
    G041 Error "Un amendement adopté s’appuie sur un autre qui ne l’est pas." "An adopted amendment builds on one that was not adopted."
        "Corrigez le sort de l’un des deux, ou retirez l’autre de « after »." "Mend the outcome of one of the two, or take the other out of “after”.";
    G042 Warning "Deux amendements adoptés se disputent les mêmes mots." "Two adopted amendments contend for the same words."
        "Dites lequel s’appuie sur l’autre, avec « after »." "Say which builds on the other, with “after”.";
    G043 Warning "Une réponse ne convient pas à sa question." "An answer does not fit its question."
        "Écrivez une option de la question, plusieurs jointes par « | », ou un nombre ; sinon la réponse est publiée sans être comptée." "Write an option of the question, several joined by “|”, or a number; otherwise the answer is published but not counted.";
    G044 Warning "Un passage d’un texte écarté se trouve dans un texte publié." "A passage of a withheld text stands in a published one."
        "Retirez le passage, ou résumez-le sans le citer." "Take the passage out, or sum it up without quoting it.";
    G045 Error "Une consultation gelée a été modifiée." "A frozen consultation was changed."
        "Remettez le fichier comme il était, ou publiez la correction dans errata.yaml ; après un effacement imposé par la loi, gelez de nouveau avec --replaces." "Put the file back as it was, or publish the correction in errata.yaml; after an erasure that a law demands, freeze again with --replaces.";
    G046 Error "Le procès-verbal d’un gel est abîmé." "The record of a freeze is damaged."
        "Reprenez frozen.yaml de l’historique ou de l’archive : greffe freeze l’écrit, personne ne le modifie." "Restore frozen.yaml from the history or the archive: greffe freeze writes it, nobody edits it.";
    G047 Warning "Une réponse retient une contribution sans dire ce qu’elle est devenue." "A response keeps a contribution and does not say what became of it."
        "Nommez l’amendement (« amendments »), l’article (« articles ») ou l’engagement dans lequel elle est allée." "Name the amendment (“amendments”), the article (“articles”) or the commitment in which it went.";
    G048 Warning "Une réponse ne retient pas une contribution qui a conduit à un amendement adopté." "A response does not keep a contribution that led to an adopted amendment."
        "Corrigez la décision, ou complétez la réponse : la page dit l’une et l’autre." "Mend the decision, or complete the response: the page says both.";
    G049 Warning "Une synthèse cite une contribution que personne ne peut plus lire." "A synthesis cites a contribution that nobody can read any more."
        "Retirez la citation, ou dites dans la phrase que la contribution a été écartée ou effacée." "Remove the citation, or say in the sentence that the contribution was withheld or erased.";
}
