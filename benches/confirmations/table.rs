//! What was measured, as a table.

use std::collections::BTreeMap;

use crate::measuring::{Measured, Spread};

/// The store, branches and callers.
type Cell = (&'static str, usize, usize);

#[derive(Default)]
pub struct Table(BTreeMap<Cell, BTreeMap<&'static str, Vec<Measured>>>);

impl Table {
    pub fn add(&mut self, cell: Cell, name: &'static str, measured: Measured) {
        self.0.entry(cell).or_default().entry(name).or_default().push(measured);
    }

    pub fn print(&self) {
        println!(
            "| store | branches | callers | contestant | per second | CPU ms each | p50 ms | p99 ms | ours makes |"
        );
        println!("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        for ((store, branches, callers), contestants) in &self.0 {
            for (name, measured) in contestants {
                let spread = |of: fn(&Measured) -> f64| Spread::of(measured.iter().map(of));
                let ours = contestants.get("ours").filter(|_| *name != "ours");
                println!(
                    "| {store} | {branches} | {callers} | {name} | {} | {:.2} | {:.2} | {:.2} | {} |",
                    spread(|it| it.per_second),
                    spread(|it| it.cpu).median,
                    spread(|it| it.p50).median,
                    spread(|it| it.p99).median,
                    ours.map_or(String::new(), |ours| {
                        let rates = |of: &[Measured]| of.iter().map(|it| it.per_second).collect::<Vec<_>>();
                        format!("{:.2} times as many", Spread::of_ratios(rates(ours), rates(measured)))
                    }),
                );
            }
        }
    }
}
