//! Timetables that staff uploaded: a preview for a while, then on their way into the branch.
//!
//! A file is kept in the store, so that any process can show its preview, and the import goes on from any of them.

use std::sync::Arc;

use aggregates::ids::BranchId;
use aggregates::values::Capacity;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::{ImportError, Report, Survey, Terms, Timetable};
use crate::app::App;
use crate::app::booking::Caller;
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, StoreError, from_micros, micros};

/// Bytes of the largest file.
pub const LARGEST: usize = 1 << 20;

/// Events of the largest import.
pub const MOST_EVENTS: usize = 20_000;

/// How long a preview can be applied.
pub const PREVIEW: TimeDelta = TimeDelta::minutes(15);

/// An import that has run for so long may be helped on; both then add what they find missing.
pub const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// How long a file is kept.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
static UPLOADS: Table = Table {
    name: "uploads",
    columns: &[
        ("branch_id", Kind::Id),
        ("upload_id", Kind::Id),
        ("file", Kind::Bytes),
        ("capacity", Kind::Int),
        ("first_week", Kind::Int),
        ("weeks", Kind::Int),
        ("uploaded_at", Kind::Int),
        ("state", Kind::Text),
        ("changed_at", Kind::Int),
        ("events", Kind::Int),
    ],
    key: &["branch_id", "upload_id"],
};

/// A file and what is to become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub branch: BranchId,
    pub id: Uuid,
    pub file: Vec<u8>,
    pub capacity: Capacity,
    pub first_week: NaiveDate,
    pub weeks: u32,
    pub uploaded_at: DateTime<Utc>,
    pub state: State,
    /// Since when it is in that state.
    pub changed_at: DateTime<Utc>,
    /// How many events the import was to add when it began.
    pub events: usize,
}

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Preview,
    Running,
    /// Something was away; what is missing can be added.
    Stopped,
    Done,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }
}

/// The uploads of a store.
#[derive(Clone)]
pub struct Uploads {
    ledger: Arc<dyn Ledger>,
}

impl Uploads {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger }
    }

    /// Keeps a file, and forgets those of the branch whose day has passed.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn keep(&self, upload: &Upload) -> Result<(), StoreError> {
        let aged = Change::delete(&UPLOADS).is("branch_id", upload.branch);
        self.ledger.change(aged.below("uploaded_at", micros(upload.uploaded_at - KEPT))).await?;
        self.ledger.insert_new(&UPLOADS, cells(upload)).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn find(&self, branch: BranchId, id: Uuid) -> Result<Option<Upload>, StoreError> {
        let select = Select::of(&UPLOADS, branch).is("upload_id", id);
        self.ledger.select(&select).await?.into_iter().next().map(read).transpose()
    }

    /// Goes on to another state, unless somebody else went on meanwhile.
    async fn go_on(
        &self,
        upload: &Upload,
        state: State,
        now: DateTime<Utc>,
    ) -> Result<Option<Upload>, StoreError> {
        let next = Upload { state, changed_at: now, ..upload.clone() };
        let change = Change::replace(&UPLOADS, cells(&next));
        let change = change.is("state", upload.state.name()).is("changed_at", micros(upload.changed_at));
        Ok((0 < self.ledger.change(change).await?).then_some(next))
    }
}

impl std::fmt::Debug for Uploads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Uploads(…)")
    }
}

fn cells(upload: &Upload) -> Vec<Cell> {
    vec![
        upload.branch.into(),
        upload.id.into(),
        upload.file.clone().into(),
        u32::from(upload.capacity.get()).into(),
        i64::from(upload.first_week.num_days_from_ce()).into(),
        upload.weeks.into(),
        micros(upload.uploaded_at).into(),
        upload.state.name().into(),
        micros(upload.changed_at).into(),
        i64::try_from(upload.events).unwrap_or(i64::MAX).into(),
    ]
}

fn read(row: Vec<Cell>) -> Result<Upload, StoreError> {
    let mut cells = Cells::of(row);
    let (branch, id, file) = (cells.id()?, cells.id()?, cells.bytes()?);
    let (capacity, day, weeks) = (cells.value()?, cells.int::<i32>()?, cells.int()?);
    let (uploaded_at, state) = (from_micros(cells.int()?), cells.text()?);
    let known = [State::Preview, State::Running, State::Stopped, State::Done];
    let state = known.into_iter().find(|it| it.name() == state);
    Ok(Upload {
        branch,
        id,
        file,
        capacity,
        first_week: NaiveDate::from_num_days_from_ce_opt(day)
            .ok_or_else(|| StoreError::saying("an upload begins outside the calendar"))?,
        weeks,
        uploaded_at,
        state: state.ok_or_else(|| StoreError::saying("an upload is in no state that is known"))?,
        changed_at: from_micros(cells.int()?),
        events: cells.int()?,
    })
}

impl Upload {
    /// Whether its preview has ended.
    #[must_use]
    pub fn has_ended(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            State::Preview => self.uploaded_at + PREVIEW < now,
            State::Running | State::Stopped | State::Done => self.uploaded_at + KEPT < now,
        }
    }

    /// Whether the import may be begun, or helped on.
    #[must_use]
    pub fn may_begin(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            State::Preview | State::Stopped => true,
            State::Running => self.changed_at + PATIENCE < now,
            State::Done => false,
        }
    }

    /// What the file comes to, beside what the branch has by now.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, comes to too much, or the store cannot be asked.
    pub async fn survey(&self, app: &App) -> Result<Survey, ImportError> {
        let row = app.branch(self.branch).await.map_err(ImportError::Store)?;
        let branch = row.map(|row| row.branch).unwrap_or_default();
        let details = branch.details().ok_or(ImportError::NoBranch)?;
        let terms = Terms {
            zone: details.time_zone,
            country: details.country,
            capacity: self.capacity,
            first_week: self.first_week,
            weeks: self.weeks,
        };
        let plan = Timetable::read(self.file.as_slice())?.plan_for(terms, self.branch, &branch)?;
        let events = plan.events();
        if MOST_EVENTS < events {
            return Err(ImportError::TooMany { events, most: MOST_EVENTS });
        }
        plan.survey(app).await
    }

    /// Imports what is missing; `None` if somebody else is at it, or it is done.
    ///
    /// # Errors
    ///
    /// As [`Upload::survey`], and if a rule says no. The upload then stands as stopped.
    pub async fn import(mut self, app: &App, caller: &Caller) -> Result<Option<Report>, ImportError> {
        if !self.may_begin(app.clock.now()) {
            return Ok(None);
        }
        let survey = self.survey(app).await?;
        if self.state == State::Preview {
            self.events = survey.missing();
        }
        let begun = app.uploads.go_on(&self, State::Running, app.clock.now()).await;
        let Some(begun) = begun.map_err(ImportError::Store)? else { return Ok(None) };
        let imported = survey.apply(app, caller, &|_| ()).await;
        let state = if imported.is_ok() { State::Done } else { State::Stopped };
        app.uploads.go_on(&begun, state, app.clock.now()).await.map_err(ImportError::Store)?;
        imported.map(Some)
    }
}
