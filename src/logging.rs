//! The log: on standard error, as lines for people or for programs; with the feature `otel` also spans for a collector.

#[cfg(feature = "otel")]
mod otel;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged unless `RUST_LOG` says otherwise. That the mirror cannot go on yet, we say once; its client says it often.
const QUIET: &str = "warn,cartwheel=info,eventstore=off";

/// What is never logged: these say whole addresses, and capabilities stand in addresses.
const SILENT: [&str; 2] = ["tower_http::csrf=off", "tower_http::csrf::service=off"];

/// How lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Begins to log. Whoever began before goes on.
pub fn start(format: Format) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(QUIET));
    let silent = SILENT.iter().filter_map(|directive| directive.parse().ok());
    let filter = silent.fold(filter, EnvFilter::add_directive);
    let log = tracing_subscriber::registry().with(filter);
    #[cfg(feature = "otel")]
    let log = log.with(otel::layer());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let _began_before = match format {
        Format::Text => log.with(lines).try_init(),
        Format::Json => log.with(lines.json().flatten_event(true)).try_init(),
    };
}

/// Sends what is left to be sent.
pub fn end() {
    #[cfg(feature = "otel")]
    otel::end();
}
