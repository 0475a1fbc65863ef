//! `doctor`: whether `serve` would start and run well, line by line.

mod checks;
mod store;

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::Format;
use super::serving::Serve;

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    settings: Serve,
}

/// What was found of one thing.
#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    verdict: Verdict,
    says: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Ok,
    /// The service runs, but not as somebody would wish.
    Warn,
    /// The service would not start, or not do what it is for.
    Bad,
}

impl Finding {
    fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Ok, says: says.into() }
    }

    fn warn(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Warn, says: says.into() }
    }

    fn bad(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Bad, says: says.into() }
    }
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (format, settings) = (self.settings.format(), self.settings);
        let mut found = store::look(&settings).await;
        found.extend(checks::look(&settings).await);
        let worst = found.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Ok);
        match format {
            Format::Json => say!("{}", serde_json::to_string(&found)?),
            Format::Text => found.iter().for_each(tell),
        }
        Ok(ExitCode::from(worst as u8))
    }
}

fn tell(Finding { check, verdict, says }: &Finding) {
    let verdict = match verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warning",
        Verdict::Bad => "BAD",
    };
    say!("{verdict:8} {check:11} {says}");
}
