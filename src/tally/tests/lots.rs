//! Drawing lots.

use super::*;
use crate::model::vote::{Person, Quota};
use crate::tally::lots::{Draw, Unsatisfiable, digest, draw};
use crate::tally::ties::lot;
use crate::text::hex;

fn words(list: &[&str]) -> Vec<Box<str>> {
    list.iter().map(|word| (*word).into()).collect()
}

/// People as `id age sex`.
fn pool(list: &[&str]) -> Vec<Person> {
    let person = |line: &&str| {
        let cells: Vec<&str> = line.split(' ').collect();
        Person { id: cells[0].into(), values: words(&cells[1..]) }
    };
    list.iter().map(person).collect()
}

fn quota(category: &str, value: &str, min: u64, max: u64) -> Quota {
    Quota { category: category.into(), value: value.into(), min, max }
}

fn ids(pool: &[Person], places: &[usize]) -> String {
    places.iter().map(|at| &*pool[*at].id).collect::<Vec<_>>().join(" ")
}

const PEOPLE: [&str; 6] = ["p1 young f", "p2 young m", "p3 old f", "p4 old m", "p5 old f", "p6 young f"];

fn check(quotas: &[Quota], seats: u64) -> Result<Draw, Unsatisfiable> {
    draw(&pool(&PEOPLE), &words(&["age", "sex"]), quotas, seats, "2026-06-01")
}

#[test]
fn the_order_is_that_of_the_hashes() {
    let people = pool(&PEOPLE);
    let mut by_hash: Vec<&str> = people.iter().map(|person| &*person.id).collect();
    by_hash.sort_by_key(|id| hex(&lot("2026-06-01", id)));
    let count = check(&[], 3).unwrap();
    assert_eq!(ids(&people, &count.order), by_hash.join(" "));
    assert_eq!(ids(&people, &count.drawn), by_hash[..3].join(" "));
    assert_eq!((count.passed_over, count.exact), (vec![], true));
}

#[test]
fn who_would_make_the_quotas_impossible_is_passed_over() {
    let count = check(&[quota("age", "young", 2, 2), quota("sex", "m", 1, 1)], 3).unwrap();
    let people = pool(&PEOPLE);
    let young = count.drawn.iter().filter(|at| &*people[**at].values[0] == "young").count();
    let men = count.drawn.iter().filter(|at| &*people[**at].values[1] == "m").count();
    assert_eq!((count.drawn.len(), young, men), (3, 2, 1));
    assert_eq!(
        count.drawn,
        first_by_trying(&count.order, 3, |panel| {
            let is =
                |value: &str| panel.iter().filter(|at| people[**at].values.contains(&value.into())).count();
            is("young") == 2 && is("m") == 1
        })
    );
}

/// The first panel in the order, by trying all of them.
fn first_by_trying(order: &[usize], seats: usize, meets: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let panels = (0u32..1 << order.len()).filter(|set| set.count_ones() as usize == seats);
    let panel = |set: u32| -> Vec<usize> { (0..order.len()).filter(|at| set >> at & 1 == 1).collect() };
    let mut panels: Vec<Vec<usize>> = panels.map(panel).collect();
    panels.sort();
    let people = |panel: &Vec<usize>| panel.iter().map(|at| order[*at]).collect::<Vec<_>>();
    panels.iter().map(people).find(|panel| meets(panel)).unwrap_or_default()
}

#[test]
fn why_nobody_can_be_drawn() {
    use Unsatisfiable::*;
    let fails = |quotas: &[Quota], seats, expected| assert_eq!(check(quotas, seats), Err(expected));
    fails(&[], 7, TooFewPeople { people: 6, seats: 7 });
    fails(&[quota("town", "x", 1, 1)], 2, UnknownCategory { quota: 0 });
    fails(&[quota("age", "old", 0, 9), quota("sex", "m", 3, 4)], 4, TooFewOf { quota: 1, people: 2 });
    fails(&[quota("sex", "m", 2, 1)], 4, Contradictory { quota: 0 });
    let both = [quota("age", "old", 2, 3), quota("age", "young", 2, 3)];
    fails(&both, 3, MoreThanSeats { category: "age".into(), wanted: 4 });
    let few = [quota("age", "old", 0, 1), quota("age", "young", 0, 1)];
    fails(&few, 3, FewerThanSeats { category: "age".into(), let_in: 2 });
    // Two men, one old; two old of three seats and no woman among them cannot be.
    fails(&[quota("age", "old", 2, 2), quota("sex", "f", 0, 0), quota("sex", "m", 2, 2)], 2, Together);
    assert_eq!(check(&[], 0).unwrap().drawn, [0usize; 0]);
    assert_eq!(draw(&[], &[], &[], 0, "").unwrap().order, [0usize; 0]);
}

#[test]
fn the_digest_is_that_of_sorted_lines() {
    // printf 'id\tage\tsex\np1\tyoung\tf\np2\told\tm\n' | sha256sum
    let people = pool(&["p2 old m", "p1 young f"]);
    assert!(digest(&words(&["age", "sex"]), &people).starts_with("9bfa788e6d574f70"));
}

/// Two thousand people of 160 kinds, a hundred seats, four categories: as citizens' assemblies have them.
#[test]
fn a_citizens_assembly() {
    let value = |at: usize, of: usize| format!("v{}", at % of);
    let people: Vec<Person> = (0..2000)
        .map(|at| {
            let mixed = at * 7919 % 10_007;
            let values = [
                value(mixed, 2),
                value(mixed / 2 % 11 * (mixed % 3), 4),
                value(mixed / 29, 5),
                value(mixed / 311, 4),
            ];
            Person { id: format!("p{at}").into(), values: values.iter().map(|v| v.as_str().into()).collect() }
        })
        .collect();
    let names = words(&["a", "b", "c", "d"]);
    let mut quotas = Vec::new();
    for (name, of) in [("a", 2), ("b", 4), ("c", 5), ("d", 4)] {
        quotas.extend((0..of).map(|at| quota(name, &value(at, of), 100 / of as u64, 100 / of as u64)));
    }
    let count = draw(&people, &names, &quotas, 100, "seed").unwrap();
    assert_eq!((count.drawn.len(), count.exact), (100, true));
    for quota in &quotas {
        let column = names.iter().position(|name| *name == quota.category).unwrap();
        let held = count.drawn.iter().filter(|at| people[**at].values[column] == quota.value).count();
        assert_eq!(held as u64, quota.min);
    }
}

proptest! {
    /// Against all panels, one by one.
    #[test]
    fn the_first_panel_that_meets_the_quotas(
        values in prop::collection::vec((0u8..3, 0u8..2), 9),
        limits in prop::collection::vec((0u64..3, 0u64..4), 5),
        seats in 1u64..5,
    ) {
        let people: Vec<Person> = values.iter().enumerate().map(|(at, (a, b))| {
            Person { id: format!("p{at}").into(), values: words(&[&format!("a{a}"), &format!("b{b}")]) }
        }).collect();
        let named = ["a0", "a1", "a2", "b0", "b1"];
        let quotas: Vec<Quota> = named.iter().zip(&limits).map(|(value, (min, more))| {
            quota(&value[..1], value, *min, min + more)
        }).collect();
        let count = draw(&people, &words(&["a", "b"]), &quotas, seats, "seed");
        let order = draw(&people, &[], &[], 0, "seed").unwrap().order;
        let expected = first_by_trying(&order, seats as usize, |panel| quotas.iter().all(|quota| {
            let held = panel.iter().filter(|at| people[**at].values.contains(&quota.value)).count() as u64;
            (quota.min..=quota.max).contains(&held)
        }));
        let drawn = count.as_ref().map(|count| count.drawn.clone()).unwrap_or_default();
        prop_assert_eq!(drawn, expected, "{:?}", count);
    }
}
