//! How long something took, what it cost, and what several repetitions say together.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by benchmarks, each of which uses a part; stops at what it did not expect"
)]

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
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_unstable_by(f64::total_cmp);
        let at = |n: usize| values.get(n).copied().unwrap_or(f64::NAN);
        Self { least: at(0), median: at(values.len() / 2), most: at(values.len().saturating_sub(1)) }
    }

    /// Of the ratios of each repetition: what disturbed one disturbed the other.
    pub fn of_ratios(ours: impl IntoIterator<Item = f64>, theirs: impl IntoIterator<Item = f64>) -> Self {
        Self::of(ours.into_iter().zip(theirs).map(|(ours, theirs)| ours / theirs))
    }
}

impl fmt::Display for Spread {
    /// With as many digits as the precision says; without one, none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(0);
        write!(f, "{:.digits$} ({:.digits$}–{:.digits$})", self.median, self.least, self.most)
    }
}
