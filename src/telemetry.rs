//! What the service tells of itself in numbers, for Prometheus. Nothing is counted before somebody asks for it, and no
//! label says who.

mod names;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry, TextEncoder,
};

pub use names::NAMES;

/// Bounds of how long something took, in seconds.
const SECONDS: [f64; 13] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 30.0];

/// Bounds of how many there were.
const COUNTS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

static KEPT: OnceLock<Telemetry> = OnceLock::new();

struct Telemetry {
    registry: Registry,
    requests: IntCounterVec,
    request_seconds: HistogramVec,
    commands: IntCounterVec,
    command_seconds: HistogramVec,
    waiting: IntGauge,
    batch: Histogram,
    append: HistogramVec,
    moved: IntCounter,
    problems: IntCounterVec,
    limited: IntCounterVec,
    turned_away: IntCounterVec,
    store_errors: IntCounter,
    deliveries: IntCounterVec,
    mirrored: IntCounter,
    now: IntGaugeVec,
}

/// How things stand at one moment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Now {
    pub lanes: usize,
    pub cache_bytes: usize,
    pub streams: usize,
    pub connections: usize,
}

/// Begins to count; the numbers of a process begin once.
///
/// # Errors
///
/// If two numbers have the same name.
pub fn begin() -> prometheus::Result<()> {
    if KEPT.get().is_none() {
        let _began_meanwhile = KEPT.set(Telemetry::new()?);
    }
    Ok(())
}

impl Telemetry {
    fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let opts = |name| Opts::new(name, names::says(name));
        let counters = |name, labels: &[&str]| {
            let counters = IntCounterVec::new(opts(name), labels)?;
            registry.register(Box::new(counters.clone())).map(|()| counters)
        };
        let counter = |name| {
            let counter = IntCounter::with_opts(opts(name))?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        let histograms = |name, labels: &[&str]| {
            let bounds = HistogramOpts::from(opts(name)).buckets(SECONDS.to_vec());
            let histograms = HistogramVec::new(bounds, labels)?;
            registry.register(Box::new(histograms.clone())).map(|()| histograms)
        };
        let batch = Histogram::with_opts(HistogramOpts::from(opts(names::BATCH)).buckets(COUNTS.to_vec()))?;
        registry.register(Box::new(batch.clone()))?;
        let waiting = IntGauge::with_opts(opts(names::WAITING))?;
        registry.register(Box::new(waiting.clone()))?;
        let build = IntGaugeVec::new(opts(names::BUILD), &["version"])?;
        registry.register(Box::new(build.clone()))?;
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
        let now = IntGaugeVec::new(opts(names::NOW), &["what"])?;
        registry.register(Box::new(now.clone()))?;
        Ok(Self {
            requests: counters(names::REQUESTS, &["route", "method", "status"])?,
            request_seconds: histograms(names::REQUEST_SECONDS, &["route", "method"])?,
            commands: counters(names::COMMANDS, &["command", "outcome"])?,
            command_seconds: histograms(names::COMMAND_SECONDS, &["command"])?,
            append: histograms(names::APPEND_SECONDS, &["outcome"])?,
            moved: counter(names::MOVED)?,
            problems: counters(names::PROBLEMS, &["code"])?,
            limited: counters(names::LIMITED, &["what"])?,
            turned_away: counters(names::TURNED_AWAY, &["why"])?,
            store_errors: counter(names::STORE_ERRORS)?,
            deliveries: counters(names::DELIVERIES, &["follower", "outcome"])?,
            mirrored: counter(names::MIRRORED)?,
            waiting,
            batch,
            now,
            registry,
        })
    }
}

/// Everything that was counted, in the text format of Prometheus; nothing if nothing is counted.
#[must_use]
pub fn scrape(now: Now) -> String {
    let Some(kept) = KEPT.get() else { return String::new() };
    let memory = memory();
    for (what, number) in [
        ("lanes", now.lanes),
        ("cache_bytes", now.cache_bytes),
        ("streams", now.streams),
        ("connections", now.connections),
        ("memory_bytes", memory),
    ] {
        kept.now.with_label_values(&[what]).set(i64::try_from(number).unwrap_or(i64::MAX));
    }
    let mut text = vec![];
    let _written = TextEncoder::new().encode(&kept.registry.gather(), &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Bytes of this process that are in memory, where the system says so.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kilobytes.unwrap_or_default() << 10
}

/// A request was answered.
pub fn request(route: &str, method: &str, status: u16, took: Duration) {
    let Some(kept) = KEPT.get() else { return };
    kept.requests.with_label_values(&[route, method, digits(status).as_str()]).inc();
    kept.request_seconds.with_label_values(&[route, method]).observe(took.as_secs_f64());
}

/// So many facts were brought to the mirror.
pub fn mirrored(facts: u64) {
    let Some(kept) = KEPT.get() else { return };
    kept.mirrored.inc_by(facts);
}

/// How the mirror stands: facts that it does not hold yet, and branches that are not mirrored any more.
pub fn mirror(behind: u64, stopped: usize) {
    let Some(kept) = KEPT.get() else { return };
    kept.now.with_label_values(&["mirror_behind"]).set(i64::try_from(behind).unwrap_or(i64::MAX));
    kept.now.with_label_values(&["mirror_stopped"]).set(i64::try_from(stopped).unwrap_or(i64::MAX));
}

fn digits(status: u16) -> String {
    status.to_string()
}

/// A problem was answered with.
pub fn problem(code: &str) {
    if let Some(kept) = KEPT.get() {
        kept.problems.with_label_values(&[code]).inc();
    }
}

/// Somebody asked for more than they may.
pub fn limited(what: &str) {
    if let Some(kept) = KEPT.get() {
        kept.limited.with_label_values(&[what]).inc();
    }
}

/// A connection was beyond the bounds.
pub fn turned_away(why: &str) {
    if let Some(kept) = KEPT.get() {
        kept.turned_away.with_label_values(&[why]).inc();
    }
}

/// The store could not be asked.
pub fn store_error() {
    if let Some(kept) = KEPT.get() {
        kept.store_errors.inc();
    }
}

/// An attempt to deliver something ended.
pub fn delivery(follower: &str, outcome: &str) {
    if let Some(kept) = KEPT.get() {
        kept.deliveries.with_label_values(&[follower, outcome]).inc();
    }
}

/// A batch of so many commands was taken to be decided.
#[expect(clippy::cast_precision_loss, reason = "a batch is small")]
pub fn batch(commands: usize) {
    if let Some(kept) = KEPT.get() {
        kept.batch.observe(commands as f64);
    }
}

/// Somebody else wrote meanwhile, and a batch is decided again.
pub fn moved() {
    if let Some(kept) = KEPT.get() {
        kept.moved.inc();
    }
}

/// An append came to its end.
pub fn append(outcome: &str, took: Duration) {
    if let Some(kept) = KEPT.get() {
        kept.append.with_label_values(&[outcome]).observe(took.as_secs_f64());
    }
}

/// A command on its way; it waits until this is answered or dropped.
#[derive(Debug)]
pub struct Waiting {
    command: &'static str,
    since: Instant,
}

impl Waiting {
    /// Nothing if nothing is counted.
    #[must_use]
    pub fn begin(command: &'static str) -> Option<Self> {
        KEPT.get()?.waiting.inc();
        Some(Self { command, since: Instant::now() })
    }

    pub fn answered(self, outcome: &str) {
        if let Some(kept) = KEPT.get() {
            kept.commands.with_label_values(&[self.command, outcome]).inc();
            kept.command_seconds
                .with_label_values(&[self.command])
                .observe(self.since.elapsed().as_secs_f64());
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(kept) = KEPT.get() {
            kept.waiting.dec();
        }
    }
}
