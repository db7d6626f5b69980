//! What is said once for a whole export: columns that hold what is private or are not known, and what was done to every
//! record alike, with its number.

use super::entity::Entity;
use super::gather::Reader;
use super::people;
use super::sheet::Sheet;
use crate::import::platform::Gathered;
use crate::say;

/// What is told once, with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Count {
    /// Files attached, of which the export gives the number alone.
    Attachments,
    /// Public endorsements.
    Endorsements,
    /// Links between proposals.
    Related,
    /// Addresses that lead to no record of the export.
    Astray,
    /// Words in other languages that are not kept.
    Languages,
}

/// Says which columns hold what is private, and which are not known.
pub(super) fn columns(sheets: &[Sheet], out: &mut Gathered) {
    for sheet in sheets {
        for name in &sheet.names {
            let key = name.to_lowercase();
            if people::is_private(&key) {
                out.dropped.insert(name.clone());
            } else if !is_known(&key) && sheet.entity != Entity::Surveys {
                out.unknown.insert(name.clone());
            }
        }
    }
}

/// Columns that are read, or known to say nothing that content holds.
fn is_known(key: &str) -> bool {
    const KNOWN: &str = " id author category scope taxonomies participatory_space component title body address latitude \
        longitude state state_published_at reference answer answered_at votes supports endorsements likes comments \
        attachments followers follows_count published_at url meeting_urls related_proposals is_amend original_proposal \
        withdrawn withdrawn_at created_at updated_at created_in_meeting coauthorships_count cost cost_report \
        execution_period locale alignment depth user_group commentable_id commentable_type root_commentable_url \
        description instructions start_time end_time information_updates last_comment_at comments_enabled conclusions \
        closed_at likes_count endorsements_count attendees contributions organizations location location_hints \
        related_results published private_meeting transparent registration_form_enabled online_meeting_url \
        closing_visible closing_report attending_organizations registration_url decidim_user_group_id \
        decidim_author_type video_url audio_url registration_terms available_slots registrations_enabled \
        customize_registration_email type_of_meeting iframe_access_level iframe_embed_type reserved_slots \
        registration_type parent start_date end_date status progress proposal_urls weight external_id budget \
        budget_amount confirmed_votes selected_at related_proposal_titles related_proposal_urls slug short_description \
        subtitle developer_group hashtag promoted votes_red_disapproval votes_yellow_neutral votes_green_approval \
        hidden_at report_count reported_url reportable_type reportable_id reported_content reports meeting_start_time \
        remote_hero_image_url remote_banner_image_url local_area meta_scope participatory_scope target area \
        participatory_structure participatory_process_group participatory_process_type scopes_enabled private_space \
        show_statistics show_metrics decidim_organization_id decidim_scope_id paticipatory_scope \
        purpose_of_action composition duration included_at closing_date closing_date_reason ";
    let base = key.split('/').next().unwrap_or(key);
    KNOWN.contains(&format!(" {base} "))
}

impl Reader<'_> {
    /// Says what was counted, and what was done to every record alike.
    pub(super) fn told(&mut self) {
        let language = self.language.clone();
        for (what, n) in std::mem::take(&mut self.counts).into_iter().filter(|(_, n)| *n > 0) {
            let said = match what {
                Count::Attachments => {
                    self.out.known_missing.push(say!(
                        "Les fichiers joints aux propositions et aux rencontres ({n}) : l’export de la plateforme les compte, sans les nommer ni les contenir.",
                        "The files attached to proposals and meetings ({n}): the platform’s export counts them, without naming or holding them."
                    ));
                    continue;
                }
                Count::Endorsements => say!(
                    "soutiens publics (endorsements, likes), distincts des votes, qui ne sont pas repris, ni leurs noms : {n}",
                    "public endorsements (likes), which are not votes and are not kept, nor are their names: {n}"
                ),
                Count::Related => say!(
                    "liens entre propositions (copies, fusions ou scissions, l’export ne dit pas lesquelles), qui ne sont pas repris : {n}",
                    "links between proposals (copies, mergers or splits, the export does not say which), which are not kept: {n}"
                ),
                Count::Astray => say!(
                    "liens vers ce qui n’est pas dans l’export, ou pas dans cette démarche : {n}",
                    "links to what is not in the export, or not in this process: {n}"
                ),
                Count::Languages => say!(
                    "traductions de textes, dont seule la version « {language} » est reprise quand elle existe : {n}",
                    "translations of texts, of which only the “{language}” one is kept where there is one: {n}"
                ),
            };
            self.out.remarks.insert(said);
        }
        self.out.remarks.insert(say!(
            "coordonnées, nombres d’abonnés, références internes et dates de dernière modification (la plateforme les change sans qu’on édite) ne sont pas repris",
            "coordinates, numbers of followers, internal references and dates of last change (the platform changes them without any edit) are not kept"
        ));
    }
}
