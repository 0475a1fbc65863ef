//! How long it took, what it cost, and a table of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// One contestant in one repetition.
#[derive(Debug)]
pub struct Measured {
    pub per_second: f64,
    /// Milliseconds of processor time for each confirmation.
    pub cpu: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Callers that each ask for the next one as soon as they are answered, until `count` were asked for.
pub async fn callers<F: Future<Output = ()> + Send + 'static>(
    callers: usize,
    count: usize,
    ask: impl Fn(usize) -> F + Send + Sync + 'static,
) -> Measured {
    let (next, ask) = (Arc::new(AtomicUsize::new(0)), Arc::new(ask));
    let (cpu, began) = (cpu(), Instant::now());
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let (next, ask) = (Arc::clone(&next), Arc::clone(&ask));
            tokio::spawn(async move {
                let mut took = vec![];
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if count <= n {
                        return took;
                    }
                    let asked = Instant::now();
                    ask(n).await;
                    took.push(asked.elapsed());
                }
            })
        })
        .collect();
    let mut took: Vec<Duration> = vec![];
    for task in tasks {
        took.extend(task.await.unwrap());
    }
    let (elapsed, cpu) = (began.elapsed(), self::cpu() - cpu);
    took.sort_unstable();
    let quantile = |hundredths: usize| took[(took.len() - 1) * hundredths / 100].as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let count = count as f64;
    Measured {
        per_second: count / elapsed.as_secs_f64(),
        cpu: cpu * 1e3 / count,
        p50: quantile(50),
        p99: quantile(99),
    }
}

/// Seconds for which the processors of this machine were busy, a server's and the disk's too (proc(5): the first line of
/// `/proc/stat` in ticks of 10 ms; idle and waiting are the fourth and the fifth).
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = stat.lines().next().unwrap_or_default().split_whitespace().skip(1).take(8).enumerate();
    let busy = fields.filter(|(place, _)| !matches!(place, 3 | 4));
    busy.filter_map(|(_, ticks)| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Median, and the least and the most.
pub struct Spread {
    least: f64,
    pub median: f64,
    most: f64,
}

impl Spread {
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let at = |n: usize| values.get(n).copied().unwrap_or(f64::NAN);
        Self { least: at(0), median: at(values.len() / 2), most: at(values.len().saturating_sub(1)) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} ({:.0}–{:.0})", self.median, self.least, self.most)
    }
}

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
                let spread = |of: fn(&Measured) -> f64| Spread::of(measured.iter().map(of).collect());
                let ours = contestants.get("ours").filter(|_| *name != "ours");
                println!(
                    "| {store} | {branches} | {callers} | {name} | {} | {:.2} | {:.2} | {:.2} | {} |",
                    spread(|it| it.per_second),
                    spread(|it| it.cpu).median,
                    spread(|it| it.p50).median,
                    spread(|it| it.p99).median,
                    ours.map_or(String::new(), |ours| format!("{:.2} times as many", ratio(ours, measured))),
                );
            }
        }
    }
}

/// The median of the ratios of each repetition: what disturbed one disturbed the other.
fn ratio(ours: &[Measured], theirs: &[Measured]) -> f64 {
    let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours.per_second / theirs.per_second);
    Spread::of(ratios.collect()).median
}
