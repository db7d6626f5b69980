//! Where the trace contradicts itself: told as warnings, since each link is what somebody wrote.

use super::flow::{Reached, reached};
use super::link::Node;
use crate::derive::DerivedConsultation;
use crate::derive::changes::enters;
use crate::diag::{Code, Diagnostic};
use crate::model::choices::{Decision, Relation};
use crate::model::site::*;
use crate::say;

/// Tells what responses say against what is recorded elsewhere.
pub fn faults(c: &Consultation, d: &DerivedConsultation, problems: &mut Vec<Diagnostic>) {
    for response in &c.responses {
        match response.decision {
            Some(Decision::Kept | Decision::KeptInPart) => nowhere(c, d, response, problems),
            Some(Decision::NotKept) => adopted(c, d, response, problems),
            Some(Decision::OutOfScope) | None => {}
        }
    }
}

/// A contribution is kept, and nothing says where it went.
fn nowhere(c: &Consultation, d: &DerivedConsultation, response: &Response, problems: &mut Vec<Diagnostic>) {
    let promised =
        |x: ContributionIx| d.links.to(Node::Contribution(x)).any(|link| link.relation == Relation::Promises);
    let lost = |x: &&ContributionIx| reached(c, d, **x) == Reached::Nothing && !promised(**x);
    let lost: Vec<&str> = response.to.iter().filter(lost).map(|x| c.contributions[*x].id.as_str()).collect();
    if lost.is_empty() {
        return;
    }
    let ids = lost.join(", ");
    problems.push(Diagnostic::new(
        Code::G047,
        response.place,
        say!(
            "rien ne dit dans quel amendement, article ou engagement est allé ce qui est retenu de {ids}",
            "nothing says into which amendment, article or commitment went what is kept of {ids}"
        ),
    ));
}

/// A contribution is not kept, and led to an amendment that was adopted.
fn adopted(c: &Consultation, d: &DerivedConsultation, response: &Response, problems: &mut Vec<Diagnostic>) {
    for x in &response.to {
        let led = d.led_to[*x].iter().map(|a| &c.amendments[*a]).find(|a| enters(a));
        let Some(amendment) = led else { continue };
        let (id, number) = (&c.contributions[*x].id, &amendment.number);
        problems.push(Diagnostic::new(
            Code::G048,
            response.place,
            say!(
                "« {id} » n’est pas retenue, mais l’amendement {number}, auquel elle a conduit, a été adopté",
                "“{id}” is not kept, but amendment {number}, to which it led, was adopted"
            ),
        ));
    }
}
