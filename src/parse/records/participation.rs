//! `participation` in `consultation.yaml`: how a reader takes part.

use crate::model::choices::{AuthorRule, ContributionKind, EmailRule, ParticipationChannel};
use crate::model::when::Moment;
use crate::record;
use crate::yaml::read::{Localised, Markdown};

record! {
    /// How readers take part: the form on the consultation's page `take-part/`.
    pub struct ParticipationRecord as "participation" {
        /// By what way the form sends what was written.
        required channel: ParticipationChannel,
        /// Where to: a web address for `endpoint`, an e-mail address for `email`; for `file`, where saved files are to be sent.
        optional address: Box<str>,
        /// When the form opens; with the first contribution phase when absent.
        optional opens: Moment,
        /// When it closes, a day being included; with the last contribution phase when absent.
        optional closes: Moment,
        /// What can be written: all but petitions when absent.
        list kinds: ContributionKind,
        /// How authors may ask to be shown, within what the consultation's `authors` allows; all of that when absent.
        list names: AuthorRule,
        /// Whether an e-mail address is asked for, which is never published: `none` when absent.
        optional email: EmailRule,
        /// The most characters of one contribution: 5000 when absent.
        optional max_length: u64,
        /// What one agrees to, in Markdown; a general sentence when absent.
        optional consent: Localised<Markdown>,
        /// How long personal data is kept, and by whom, in a sentence.
        optional retention: Localised<Box<str>>,
        /// What is said once it is sent.
        optional thanks: Localised<Box<str>>,
    }
}
