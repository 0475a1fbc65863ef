//! What was measured, as a table.

use crate::measuring::{Measured, Spread};

/// What is done, where, in how many branches, and for how many callers at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub what: &'static str,
    pub store: &'static str,
    pub branches: usize,
    pub callers: usize,
}

/// Whoever did it, in the order in which they began.
type Contestants = Vec<(&'static str, Vec<Measured>)>;

#[derive(Default)]
pub struct Table(Vec<(Cell, Contestants)>);

impl Table {
    pub fn add(&mut self, cell: Cell, name: &'static str, measured: Measured) {
        let contestants = entry(&mut self.0, cell);
        entry(contestants, name).push(measured);
    }

    /// The median rate of a contestant, if it took part.
    pub fn rate(&self, cell: Cell, name: &str) -> Option<f64> {
        let (_, contestants) = self.0.iter().find(|(it, _)| *it == cell)?;
        let (_, measured) = contestants.iter().find(|(it, _)| *it == name)?;
        Some(spread(measured, |it| it.per_second).median)
    }

    pub fn print(&self) {
        println!(
            "| what | store | branches | callers | contestant | per second | CPU ms each | p50 ms | p99 ms | ours makes |"
        );
        println!("| --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        for (Cell { what, store, branches, callers }, contestants) in &self.0 {
            let (first, ours) = &contestants[0];
            for (name, theirs) in contestants {
                let makes = if name == first {
                    String::new()
                } else {
                    let rates = |of: &[Measured]| of.iter().map(|it| it.per_second).collect::<Vec<_>>();
                    format!("{:.2} times as many", Spread::of_ratios(rates(ours), rates(theirs)))
                };
                println!(
                    "| {what} | {store} | {branches} | {callers} | {name} | {} | {:.3} | {:.2} | {:.2} | {makes} |",
                    spread(theirs, |it| it.per_second),
                    spread(theirs, |it| it.cpu).median,
                    spread(theirs, |it| it.p50).median,
                    spread(theirs, |it| it.p99).median,
                );
            }
        }
    }
}

fn spread(measured: &[Measured], of: fn(&Measured) -> f64) -> Spread {
    Spread::of(measured.iter().map(of))
}

/// The value of a key, at the end if it is new.
fn entry<K: PartialEq, V: Default>(list: &mut Vec<(K, V)>, key: K) -> &mut V {
    let place = list.iter().position(|(it, _)| *it == key).unwrap_or_else(|| {
        list.push((key, V::default()));
        list.len() - 1
    });
    &mut list[place].1
}
