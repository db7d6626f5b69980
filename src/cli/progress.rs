//! Progress on a terminal, and how long each stage took. Off when nobody is watching.
#![allow(clippy::disallowed_types)]

use crate::io::world;
use crate::lang::Speech;
use crate::pipeline::{Observer, Stage};
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Watches a compilation.
pub(super) struct Progress {
    bar: ProgressBar,
    speech: Speech,
    began: Instant,
    stages: Mutex<Vec<(Stage, Instant)>>,
}

impl Progress {
    pub(super) fn new(speech: Speech) -> Self {
        let bar =
            if world::stderr_is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        Progress { bar, speech, began: Instant::now(), stages: Mutex::default() }
    }

    /// Clears the terminal.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// A line a stage, in milliseconds.
    pub(super) fn timings(&self) -> String {
        let stages = self.stages.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut spent: std::collections::BTreeMap<Stage, Duration> = std::collections::BTreeMap::new();
        for (at, (stage, began)) in stages.iter().enumerate() {
            let ended = stages.get(at + 1).map_or_else(Instant::now, |(_, next)| *next);
            *spent.entry(*stage).or_default() += ended - *began;
        }
        spent
            .iter()
            .map(|(stage, time)| format!("{:>8} ms  {}\n", time.as_millis(), stage.as_str()))
            .collect()
    }
}

impl Observer for Progress {
    fn stage(&self, stage: Stage) {
        let words = match (self.speech, stage) {
            (Speech::Fr, Stage::Load) => "lecture",
            (Speech::Fr, Stage::Parse) => "analyse",
            (Speech::Fr, Stage::Check) => "contrôle",
            (Speech::Fr, Stage::Derive) => "calcul",
            (Speech::Fr, Stage::Data) => "données",
            (Speech::Fr, Stage::Pages) => "pages",
            (Speech::Fr, Stage::Search) => "recherche",
            (Speech::Fr, Stage::Emit) => "écriture",
            (Speech::En, stage) => stage.as_str(),
        };
        self.bar.set_message(words);
        self.bar.tick();
        let mut stages = self.stages.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        stages.push((stage, Instant::now()));
    }

    fn planned(&self, pages: usize) {
        self.bar.set_length(pages as u64);
        self.bar.set_position(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            self.bar.set_style(style);
        }
    }

    fn done(&self, pages: usize) {
        self.bar.inc(pages as u64);
    }
}
