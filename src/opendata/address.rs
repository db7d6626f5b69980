//! Where a thing's page is: absolute when the site says where it will stand, else from the site's root. The
//! addresses themselves are made by `route`; this only finds the page on which a fragment stands.

use super::definition::Scope;
use crate::model::site::ContributionIx;
use crate::route::{self, Listing, PER_PAGE, Part, Route};

/// The address of a page of the consultation.
pub(super) fn of(scope: Scope<'_>, part: Part<'_>) -> String {
    let file = Route::In(&scope.consultation.id, part).file();
    let mut address = String::new();
    if let Some(base) = &scope.site.base_url {
        address.push_str(base);
        address.push('/');
    }
    if scope.site.languages.len() > 1 {
        address.push_str(scope.lang.as_str());
        address.push('/');
    }
    address + &file
}

/// The address of a contribution: its page, or its place on the page of what it belongs to.
pub(super) fn of_contribution(scope: Scope<'_>, at: ContributionIx) -> String {
    let all = &scope.consultation.contributions;
    let spread = scope.consultation.spread;
    let own = &all[at];
    if own.kind.has_page() {
        return of(scope, Part::Contribution(&own.id, spread));
    }
    // The first contribution above it that has a page, or else the topmost one. `check` leaves no circle.
    let mut top = at;
    while let Some(parent) = all[top].parent {
        top = parent;
        if all[top].kind.has_page() {
            break;
        }
    }
    let above = &all[top];
    let page = match (&above.about.text, &above.about.article) {
        _ if above.kind.has_page() => of(scope, Part::Contribution(&above.id, spread)),
        (Some(text), Some(article)) => of(scope, Part::Article(&scope.consultation.texts[*text].id, article)),
        (Some(_) | None, Some(_) | None) => {
            let place = scope.derived.in_discussion.get(&top).copied().unwrap_or(0);
            of(scope, Part::Contributions(Listing::Discussion, place / PER_PAGE + 1))
        }
    };
    format!("{page}#{}", route::fragment(&own.id))
}
