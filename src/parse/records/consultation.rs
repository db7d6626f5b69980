//! `consultation.yaml`.

use super::common::{Party, SitePath, Url};
use super::participation::ParticipationRecord;
use crate::lang::Lang;
use crate::model::choices::{AuthorRule, PhaseKind, QuestionKind};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::record;
use crate::yaml::read::{Localised, Markdown};

record! {
    /// One public consultation: `consultation.yaml` in its folder, whose name is its id.
    pub struct ConsultationRecord as "consultation" {
        /// Its title.
        required title: Localised<Box<str>>,
        /// Two or three sentences that say what it is about.
        required summary: Localised<Box<str>>,
        /// Who consults.
        required organiser: Party,
        /// What it is about, a few words each: readers browse the home page by them.
        list themes: Localised<Box<str>>,
        /// Language in which people write; the site's main one when absent.
        optional language: Lang,
        /// The steps, in order.
        list phases: PhaseRecord,
        /// Under what contributions are filed.
        list categories: CategoryRecord,
        /// The questions of its questionnaire.
        list questions: QuestionRecord,
        /// How authors are shown: `pseudonym` when absent.
        optional authors: AuthorRule,
        /// Until when names must not be shown, where `authors` is `name`: until then, pseudonyms are.
        optional names_embargo: Moment,
        /// The moderation charter.
        optional moderation: ModerationRules,
        /// How readers take part; without it there is no form.
        optional participation: ParticipationRecord,
        /// Licence of its data, when it is not the site's.
        optional licence: Box<str>,
        /// Time zone of dates without one, when it is not the site's.
        optional timezone: Box<str>,
        /// Spread pages over sub-folders (for more than about 5 000 contributions). Decide it before publishing: it changes addresses.
        optional spread: bool,
        /// What is known to be missing from its data, one sentence each; shown on the data page.
        list known_missing: Localised<Box<str>>,
        /// The platform it was imported from.
        optional origin: OriginRecord,
        /// Former addresses of its page, from the site's root.
        list aliases: SitePath,
    }
}

record! {
    /// A dated step.
    pub struct PhaseRecord as "phase" ("étape") {
        /// Its id; made from its kind and place when absent.
        optional id: Id,
        /// What it is for.
        required kind: PhaseKind,
        /// Its title; that of its kind when absent.
        optional title: Localised<Box<str>>,
        /// First day.
        optional start: Moment,
        /// Last day, included.
        optional end: Moment,
        /// What happens in it.
        optional summary: Localised<Box<str>>,
    }
}

record! {
    /// A heading under which contributions are filed.
    pub struct CategoryRecord as "category" ("catégorie") {
        /// Its id.
        required id: Id,
        /// Its title.
        required title: Localised<Box<str>>,
        /// What belongs to it.
        optional summary: Localised<Box<str>>,
    }
}

record! {
    /// A question.
    pub struct QuestionRecord as "question" {
        /// Its id.
        required id: Id,
        /// The question itself.
        required title: Localised<Box<str>>,
        /// How it is answered.
        required kind: QuestionKind,
        /// What can be chosen.
        list options: OptionRecord,
    }
}

record! {
    /// Something that can be chosen.
    pub struct OptionRecord as "option" {
        /// Its id.
        required id: Id,
        /// What is shown.
        required title: Localised<Box<str>>,
    }
}

record! {
    /// How contributions are moderated.
    pub struct ModerationRules as "moderation rules" ("règles de modération") {
        /// The charter, in Markdown.
        optional charter: Localised<Markdown>,
        /// The reasons for which a contribution may be withheld.
        list reasons: CategoryRecord,
    }
}

record! {
    /// A platform that held the consultation.
    pub struct OriginRecord as "origin" ("origine") {
        /// Its name.
        required platform: Box<str>,
        /// Its address there.
        optional url: Url,
        /// When it was read from there.
        optional retrieved: Date,
    }
}
