//! `import`: from a file to studios that can be booked.

use std::fs::File;
use std::path::PathBuf;

use aggregates::values::{Capacity, Country};
use anyhow::Context;
use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::Args;
use indicatif::HumanCount;
use uuid::Uuid;

use super::progress::bar;
use super::stores::Store;
use super::{Format, Output};
use crate::app::App;
use crate::app::booking::Caller;
use crate::clock::Clock;
use crate::command::Actor;
use crate::import::{ImportError, Note, Plan, Report, Terms, Timetable};
use crate::time_zones::country_of;

#[derive(Debug, Args)]
pub(super) struct Import {
    #[arg(
        help = "A CSV file with the columns venue, service, teacher, starts_local and duration_minutes; teacher_id \
                  and status if it has them"
    )]
    file: PathBuf,
    /// Of the wall clocks in the file, for example Europe/Berlin.
    #[arg(long, value_parser = zone)]
    time_zone: Tz,
    /// Spots of every event.
    #[arg(long, value_parser = capacity)]
    capacity: Capacity,
    /// The date on which the first week begins.
    #[arg(long)]
    first_week: NaiveDate,
    /// How many weeks each event is held.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=520))]
    repeat_weeks: u32,
    /// How telephone numbers without a prefix are read: two letters, by default the country of the time zone.
    #[arg(long, value_parser = country)]
    country: Option<Country>,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    output: Output,
}

fn zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "there is no such time zone; a name is like Europe/Berlin".to_owned())
}

fn capacity(text: &str) -> Result<Capacity, String> {
    let number: u32 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    Capacity::try_from(number).map_err(|error| error.to_string())
}

fn country(text: &str) -> Result<Country, String> {
    Country::try_from(text.to_owned()).map_err(|error| error.to_string())
}

impl Import {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let file = File::open(&self.file)
            .with_context(|| format!("{} cannot be read; nothing was imported", self.file.display()))?;
        let country = self.country.or_else(|| country_of(self.time_zone)).with_context(|| {
            format!("{} is in no country; say which with --country, for example --country US", self.time_zone)
        })?;
        let plan = Timetable::read(file)?.plan(Terms {
            zone: self.time_zone,
            country,
            capacity: self.capacity,
            first_week: self.first_week,
            weeks: self.repeat_weeks,
        })?;
        let app = App::open(&self.store.at(false), Clock::system()).await?;
        let applied = apply(plan, &app).await;
        app.close().await;
        let report = applied?;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&report)?),
            Format::Text => tell(&report),
        }
        Ok(())
    }
}

async fn apply(plan: Plan, app: &App) -> Result<Report, ImportError> {
    let survey = plan.survey(app).await?;
    let bar = bar(survey.missing() as u64, "Importing");
    let caller = Caller { actor: Actor::Import, request: format!("import-{}", Uuid::now_v7()) };
    let applied = survey.apply(app, &caller, &|more| bar.inc(more)).await;
    bar.finish_and_clear();
    applied
}

fn tell(report: &Report) {
    let [events, closed, added] =
        [report.events, report.closed, report.added].map(|count| HumanCount(count as u64));
    say!("{events} events of {} branches, {closed} of them closed.", report.branches.len());
    say!("{}", if report.added == 0 { "Nothing new.".to_owned() } else { format!("{added} were added.") });
    let notes = |heading: &str, notes: &[Note]| {
        if !notes.is_empty() {
            say!("{heading}");
            for Note { line, remark } in notes {
                say!("  line {line}: {remark}");
            }
        }
    };
    notes("Skipped:", &report.skipped);
    notes("Shifted:", &report.shifted);
    say!("Booked at:");
    for opened in &report.branches {
        say!("  /w/{}/{}  {}", opened.branch_id, opened.link_id, opened.venue);
    }
}
