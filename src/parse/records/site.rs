//! `greffe.yaml`, and the front matter of plain pages.

use super::common::{Party, Url};
use crate::lang::Lang;
use crate::model::choices::MenuPlace;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::record;
use crate::yaml::read::Localised;

record! {
    /// The site: `greffe.yaml` at its root.
    pub struct SiteRecord as "site" {
        /// The site's title.
        required title: Localised<Box<str>>,
        /// One sentence about it, for search engines and feeds.
        optional description: Localised<Box<str>>,
        /// The languages of its pages, the main one first; French alone when absent. With several, each has its folder.
        list languages: Lang,
        /// Who publishes it.
        optional publisher: Party,
        /// How to reach them: an e-mail address or a web address.
        optional contact: Box<str>,
        /// Under which licence everything is published, unless a consultation says otherwise (an SPDX name, `etalab-2.0`).
        optional licence: Box<str>,
        /// Where the site will stand, for canonical addresses, feeds and the sitemap.
        optional base_url: Url,
        /// Folder of `themes/` whose files replace the default theme's; `themes/default` when absent.
        optional theme: Id,
        /// Time zone of dates without one: `Europe/Paris` when absent.
        optional timezone: Box<str>,
    }
}

record! {
    /// A plain page, or the presentation of the site or of a consultation (`index.md`).
    pub struct PageRecord as "page" {
        /// Its title.
        optional title: Box<str>,
        /// One sentence about it.
        optional summary: Box<str>,
        /// When it was last revised.
        optional date: Date,
        /// Where it is linked from: `footer` when absent.
        optional menu: MenuPlace,
        /// Its place in that menu, smallest first.
        optional order: u64,
    }
}
