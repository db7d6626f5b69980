//! What to do about a finding, a sentence a code. A bag is never mended by hand: whoever holds it asks for another copy,
//! whoever made it makes it again.

use super::report::Code;
use crate::lang::Bilingual;
use crate::say;

/// The sentence.
pub fn remedy(code: Code) -> Bilingual {
    match code {
        Code::Zip => say!(
            "ne décompressez pas cette archive ; demandez-en une autre copie à qui l’a déposée",
            "do not unpack this archive; ask whoever deposited it for another copy"
        ),
        Code::BagitTxt | Code::BagInfo | Code::Manifest | Code::Manifests | Code::Oxum => say!(
            "le sac n’est pas tel que « greffe freeze » l’a fait : reprenez une copie intacte, ou refaites-le",
            "the bag is not as “greffe freeze” made it: take an intact copy, or make it again"
        ),
        Code::Missing | Code::Extra | Code::Changed => say!(
            "le contenu a changé depuis le gel : comparez avec une autre copie du sac, et gardez celle-ci à part",
            "the content changed since it was frozen: compare with another copy of the bag, and keep this one apart"
        ),
        Code::Unreadable => say!(
            "recommencez depuis un autre support : celui-ci est peut-être abîmé",
            "try from another disk: this one may be damaged"
        ),
        Code::Name | Code::Twin | Code::NotAFile => say!(
            "aucun sac de Greffe n’a de tel nom : n’extrayez rien, demandez une autre copie",
            "no bag of Greffe holds such a name: extract nothing, ask for another copy"
        ),
        Code::Link | Code::OtherHost | Code::Script | Code::PageData => say!(
            "cette page n’est pas celle que Greffe a écrite : « greffe rebuild » en refait une des sources",
            "this page is not the one that Greffe wrote: “greffe rebuild” makes it again from the sources"
        ),
        Code::Table | Code::DataZip => say!(
            "ne vous fiez pas à ces tables : « greffe rebuild » les refait des sources",
            "do not rely on these tables: “greffe rebuild” makes them again from the sources"
        ),
        Code::Votes => say!(
            "le résultat affiché ne se déduit pas des bulletins publiés : demandez les bulletins déposés à l’organisateur",
            "the result shown does not follow from the ballots published: ask the organiser for the ballots deposited"
        ),
        Code::Rebuild => say!(
            "« greffe rebuild SAC --output DOSSIER » refait le site et dit où il diffère",
            "“greffe rebuild BAG --output DIR” makes the site again and says where it differs"
        ),
        Code::Frozen | Code::Replaces => say!(
            "comparez avec le dépôt des sources : frozen.yaml y est daté par un commit",
            "compare with the repository of the sources: a commit dates frozen.yaml there"
        ),
        Code::Signature => say!(
            "demandez à l’organisateur sa clé publique par une autre voie, et donnez-la avec --signers",
            "ask the organiser for their public key by another way, and give it with --signers"
        ),
        Code::Timestamp => say!(
            "demandez à l’autorité d’horodatage ses certificats, et donnez-les avec --tsa-certificates",
            "ask the time-stamping authority for its certificates, and give them with --tsa-certificates"
        ),
    }
}
