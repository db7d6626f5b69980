//! `greffe erase`: what a law or a court has removed after it was published. Nothing is kept but the decision.

use super::Call;
use super::moderate::{Decided, carry_out};
use crate::error::Result;
use crate::io::moderate::Asked;
use crate::moderation::Verdict;
use crate::say;
use clap::Args;

/// Removes a published contribution for good: no copy is kept, and it cannot be undone.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe erase c-014 --reason \"RGPD, article 17: demande du 3 novembre 2026\" --by \"Délégué à la protection des données\"\n\nTo withhold a contribution for a reason of the charter, and keep its words: greffe moderate withhold"
)]
pub struct EraseArgs {
    /// Id of the contribution
    #[arg(value_name = "CONTRIBUTION")]
    id: String,
    /// Law or decision that demands it; readers see it
    #[arg(long, value_name = "GROUND")]
    reason: String,
    /// Id of the consultation, when several have this id
    #[arg(long, value_name = "ID")]
    consultation: Option<String>,
    #[command(flatten)]
    decided: Decided,
}

/// Erases, and says where else the words may be.
#[allow(clippy::print_stdout)]
pub fn run(call: &Call, args: EraseArgs) -> Result<u8> {
    let verdict = Verdict::Erase { ground: args.reason };
    let EraseArgs { id, consultation, decided, .. } = args;
    let asked = Asked { ids: vec![id], consultation, verdict, by: decided.by, date: decided.date };
    let status = carry_out(call, asked)?;
    if status == 0 {
        let left = say!(
            "Reste à faire, hors de ces fichiers :\n\
             - reconstruire et publier le site (greffe build), puis vider les caches de l’hébergeur ;\n\
             - retirer les mots de l’historique git s’il est partagé (git filter-repo), et des copies du dépôt ;\n\
             - remplacer les archives et les versements qui les contiennent, et garder trace du remplacement ;\n\
             - demander le retrait aux moteurs de recherche et aux archives du web.\n\
             Voir docs/moderation.fr.md.",
            "Still to be done, outside these files:\n\
             - build and publish the site again (greffe build), then empty the host’s caches;\n\
             - take the words out of git’s history if it is shared (git filter-repo), and out of copies of the repository;\n\
             - replace archives, deposits and exports that were kept (private/exports) and hold them, and keep a trace of that;\n\
             - ask search engines and web archives to remove the page.\n\
             See docs/moderation.md."
        );
        putln!("{}", left.get(call.speech));
    }
    Ok(status)
}
