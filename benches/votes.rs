//! A hundred thousand ballots on ten options counted by each rule, and a budget of 150 projects by equal shares raised
//! one unit at a time. `cargo bench --bench votes`; the figures of one machine stand in docs/performance.md.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use greffe::model::choices::{Completion, Ties, Utility};
use greffe::model::vote::{Mark, Money, Person, Quota};
use greffe::tally::budget::Offer;
use greffe::tally::profile::Profile;
use greffe::tally::ties::Breaker;
use greffe::tally::{judgment, lots, points, runoff, schulze, shares};
use std::hint::black_box;

const BALLOTS: usize = 100_000;
const OPTIONS: usize = 10;
const PROJECTS: usize = 150;
const VOTERS: usize = 7_000;

/// Numbers that look like chance, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Complete rankings of all the options.
fn rankings() -> Vec<Vec<Mark>> {
    let mut numbers = Numbers(1);
    let ranking = |_| {
        let mut order: Vec<u32> = (0..OPTIONS as u32).collect();
        (1..OPTIONS).rev().for_each(|at| order.swap(at, numbers.below(at + 1)));
        order.iter().zip(1..).map(|(option, value)| Mark { option: *option, value }).collect()
    };
    (0..BALLOTS).map(ranking).collect()
}

/// Each voter chooses three projects.
fn choices() -> Vec<Vec<Mark>> {
    let mut numbers = Numbers(2);
    let choice = |_| {
        let mut marks: Vec<u32> = (0..3).map(|_| numbers.below(PROJECTS) as u32).collect();
        marks.sort_unstable();
        marks.dedup();
        marks.into_iter().map(|option| Mark { option, value: 1 }).collect()
    };
    (0..VOTERS).map(choice).collect()
}

fn profile(options: usize, ballots: &[Vec<Mark>]) -> Profile<'_> {
    Profile { options, ballots: ballots.iter().map(|marks| (1, &**marks)).collect() }
}

fn votes(bench: &mut Criterion) {
    let rankings = rankings();
    let profile_of = profile(OPTIONS, &rankings);
    bench.bench_function("votes/points", |b| b.iter(|| points::sums(black_box(&profile_of))));
    bench.bench_function("votes/judgment", |b| {
        b.iter(|| judgment::judge(black_box(&profile_of), OPTIONS + 1, 0));
    });
    bench.bench_function("votes/schulze", |b| b.iter(|| schulze::schulze(black_box(&profile_of))));
    bench.bench_function("votes/runoff", |b| {
        b.iter(|| runoff::runoff(black_box(&profile_of), &Breaker::shared()));
    });
}

fn budgets(bench: &mut Criterion) {
    let choices = choices();
    let profile = profile(PROJECTS, &choices);
    let costs: Vec<Money> =
        (0..PROJECTS).map(|at| Money(100 * (4_000 + at as u64 * 1_331 % 250_000))).collect();
    let known: Vec<Option<Money>> = costs.iter().copied().map(Some).collect();
    let breaker = Breaker::new(Ties::Cost, None, &[""; PROJECTS], &known);
    let support = points::approvals(&profile);
    let budget = Money(100 * 8_000_000);
    let offer = Offer { costs: &costs, support: &support, budget, breaker: &breaker };
    for (name, completion) in [("votes/shares", Completion::None), ("votes/shares_add1", Completion::Add1)] {
        bench.bench_function(name, |b| {
            b.iter(|| shares::equal_shares(black_box(&profile), offer, Utility::Cost, completion));
        });
    }
}

/// A hundred people of ten thousand, four categories.
fn panels(bench: &mut Criterion) {
    let mut numbers = Numbers(3);
    let sizes = [("sex", 2), ("age", 5), ("place", 8), ("diploma", 4)];
    let person = |at| Person {
        id: format!("p{at}").into(),
        values: sizes.iter().map(|(_, of)| format!("v{}", numbers.below(*of)).into()).collect(),
    };
    let pool: Vec<Person> = (0..10_000).map(person).collect();
    let categories: Vec<Box<str>> = sizes.iter().map(|(name, _)| (*name).into()).collect();
    let quotas: Vec<Quota> = sizes
        .iter()
        .flat_map(|(name, of)| (0..*of).map(move |value| (name, of, value)))
        .map(|(name, of, value)| Quota {
            category: (*name).into(),
            value: format!("v{value}").into(),
            min: 100 / *of as u64 - 1,
            max: 100 / *of as u64 + 1,
        })
        .collect();
    bench.bench_function("votes/lots", |b| {
        b.iter(|| lots::draw(black_box(&pool), &categories, &quotas, 100, "2026").unwrap());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = votes, budgets, panels
}
criterion_main!(benches);
