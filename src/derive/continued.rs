//! A text that continues another: a bill, and the draft that was put to consultation on a platform. Its articles come
//! from those of the other, whatever their numbers.

use crate::compare::versions::align;
use crate::model::id::Id;
use crate::model::site::{Consultation, TextIx};
use std::collections::BTreeMap;

/// For each article of a text that continues another: the articles of the other that it comes from, by the
/// correspondence of the other's last version with this text's first.
pub(super) fn comes_from(c: &Consultation) -> BTreeMap<(TextIx, Id), Vec<Id>> {
    let mut all = BTreeMap::new();
    for (at, text) in c.texts.iter().enumerate() {
        let Some(older) = text.continues.map(|t| &c.texts[t]) else { continue };
        let (Some(last), Some(first)) = (older.versions.last(), text.versions.first()) else { continue };
        let (left, right) = (last.document.main(), first.document.main());
        let (lefts, rights): (Vec<_>, Vec<_>) = (left.articles().collect(), right.articles().collect());
        for pair in align(left, right).pairs {
            for r in &pair.right {
                let Some(own) = rights.get(*r).and_then(|a| text.article_at(0, &a.id)) else { continue };
                let from = pair.left.iter().filter_map(|l| {
                    let article = older.article_at(older.versions.len() - 1, &lefts.get(*l)?.id)?;
                    Some(article.id.clone())
                });
                all.insert((at, own.id.clone()), from.collect());
            }
        }
    }
    all
}
