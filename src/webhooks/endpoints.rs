//! Where webhooks are sent, and with which secrets.

use std::sync::Arc;

use aggregates::ids::BranchId;
use chrono::{DateTime, TimeDelta, Utc};
use url::Url;
use uuid::Uuid;

use super::{Secret, Wanted};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, Position, StoreError, from_micros, micros};
use crate::vault::Key;

/// How long the secret that was replaced still signs.
pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

/// Endpoints of one branch.
const MOST: usize = 20;

static ENDPOINTS: Table = Table {
    name: "endpoints",
    columns: &[
        ("branch_id", Kind::Id),
        ("endpoint_id", Kind::Id),
        ("url", Kind::Text),
        ("types", Kind::Text),
        ("state", Kind::Text),
        ("secret", Kind::Bytes),
        ("secret_was", Kind::Bytes),
        ("secret_was_until", Kind::Int),
        ("since", Kind::Int),
        ("failing_since", Kind::Int),
        ("disabled_because", Kind::Text),
        ("made_at", Kind::Int),
        ("changed_at", Kind::Int),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "endpoint_id"],
};

/// Where webhooks of a branch are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub branch: BranchId,
    pub id: Uuid,
    pub url: Url,
    pub wanted: Wanted,
    pub standing: Standing,
    /// Facts behind this position are sent.
    pub since: Position,
    /// The first failure after the last success.
    pub failing_since: Option<DateTime<Utc>>,
    pub made_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub version: u64,
    pub sealed: Sealed,
    /// Until when the secret that was replaced signs as well.
    pub secret_was_until: Option<DateTime<Utc>>,
}

/// The secrets of an endpoint, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    now: Vec<u8>,
    /// Nothing if there was none before.
    was: Vec<u8>,
}

/// Whether anything is sent there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    On,
    /// Staff switched it off.
    Off,
    /// It was switched off by itself.
    Disabled(Because),
}

/// Why an endpoint was switched off by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It answered that it is gone (410).
    Gone,
    /// For three days, nothing arrived there.
    Failing,
}

impl Standing {
    /// As stored and as told to programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Disabled(_) => "disabled",
        }
    }

    /// Why it was switched off by itself, in one word.
    #[must_use]
    pub fn because(self) -> Option<&'static str> {
        match self {
            Self::Disabled(Because::Gone) => Some("gone"),
            Self::Disabled(Because::Failing) => Some("failing"),
            Self::On | Self::Off => None,
        }
    }
}

/// A branch has no more endpoints than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a branch has up to {MOST} webhooks")]
pub struct TooMany;

/// The endpoints of a store.
#[derive(Clone)]
pub struct Endpoints {
    ledger: Arc<dyn Ledger>,
    key: Key,
}

impl std::fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Endpoints(…)")
    }
}

impl Endpoints {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, key: Key) -> Self {
        Self { ledger, key }
    }

    /// Makes an endpoint. Every fact that is recorded after this has returned is sent to it.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked; within, if the branch has too many already.
    pub async fn make(
        &self,
        branch: BranchId,
        url: Url,
        wanted: Wanted,
        now: DateTime<Utc>,
    ) -> Result<Result<(Endpoint, Secret), TooMany>, StoreError> {
        if MOST <= self.of_branch(branch).await?.len() {
            return Ok(Err(TooMany));
        }
        let id = Uuid::now_v7();
        let secret = Secret::draw();
        let endpoint = Endpoint {
            branch,
            id,
            url,
            wanted,
            standing: Standing::On,
            since: self.ledger.tail(branch).await?.head,
            failing_since: None,
            made_at: now,
            changed_at: now,
            version: 1,
            sealed: Sealed { now: self.key.seal(&context(branch, id), secret.expose()), was: vec![] },
            secret_was_until: None,
        };
        self.ledger.insert_new(&ENDPOINTS, endpoint.cells()).await?;
        Ok(Ok((endpoint, secret)))
    }

    /// One endpoint.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn find(&self, branch: BranchId, id: Uuid) -> Result<Option<Endpoint>, StoreError> {
        let found = self.ledger.select(&Select::of(&ENDPOINTS, branch).is("endpoint_id", id)).await?;
        found.into_iter().next().map(Endpoint::read).transpose()
    }

    /// Those of a branch, the first one first.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn of_branch(&self, branch: BranchId) -> Result<Vec<Endpoint>, StoreError> {
        let own = Select::of(&ENDPOINTS, branch).by(&["endpoint_id"]);
        self.ledger.select(&own).await?.into_iter().map(Endpoint::read).collect()
    }

    /// Those of all branches that are on.
    pub(super) async fn on(&self) -> Result<Vec<Endpoint>, StoreError> {
        let on = Select::all(&ENDPOINTS).is("state", Standing::On.name());
        self.ledger.select(&on).await?.into_iter().map(Endpoint::read).collect()
    }

    /// Puts an endpoint in the place of what it was; `None` if somebody else changed it meanwhile. One that is switched
    /// on again is sent what is recorded from now on.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn change(
        &self,
        was: &Endpoint,
        next: Endpoint,
        now: DateTime<Utc>,
    ) -> Result<Option<Endpoint>, StoreError> {
        let mut next = Endpoint { changed_at: now, version: was.version + 1, ..next };
        if next.standing == Standing::On && was.standing != Standing::On {
            next.since = self.ledger.tail(was.branch).await?.head;
            next.failing_since = None;
        }
        let change = Change::replace(&ENDPOINTS, next.cells()).is("version", was.version);
        Ok((0 < self.ledger.change(change).await?).then_some(next))
    }

    /// Gives an endpoint another secret. The one before signs as well for a while.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn rotate(
        &self,
        was: &Endpoint,
        now: DateTime<Utc>,
    ) -> Result<Option<(Endpoint, Secret)>, StoreError> {
        let secret = Secret::draw();
        let sealed = self.key.seal(&context(was.branch, was.id), secret.expose());
        let next = Endpoint {
            sealed: Sealed { now: sealed, was: was.sealed.now.clone() },
            secret_was_until: Some(now + OVERLAP),
            ..was.clone()
        };
        Ok(self.change(was, next, now).await?.map(|endpoint| (endpoint, secret)))
    }

    /// Takes an endpoint away.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn remove(&self, endpoint: &Endpoint) -> Result<bool, StoreError> {
        let own = Change::delete(&ENDPOINTS).is("branch_id", endpoint.branch).is("endpoint_id", endpoint.id);
        Ok(0 < self.ledger.change(own.is("version", endpoint.version)).await?)
    }

    /// What signs now, as the receiver has to know it.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub fn secret(&self, endpoint: &Endpoint) -> Result<Secret, StoreError> {
        let opened = self.key.open(&context(endpoint.branch, endpoint.id), &endpoint.sealed.now)?;
        Ok(Secret::from_bytes(opened))
    }

    /// What signs now, the newest first.
    pub(super) fn secrets(&self, endpoint: &Endpoint, now: DateTime<Utc>) -> Result<Vec<Secret>, StoreError> {
        let context = context(endpoint.branch, endpoint.id);
        let mut secrets = vec![self.secret(endpoint)?];
        if endpoint.secret_was_until.is_some_and(|until| now < until) {
            secrets.push(Secret::from_bytes(self.key.open(&context, &endpoint.sealed.was)?));
        }
        Ok(secrets)
    }
}

/// What a sealed secret belongs to; it opens nowhere else.
fn context(branch: BranchId, endpoint: Uuid) -> Vec<u8> {
    [branch.0.as_bytes(), &b"webhook"[..], endpoint.as_bytes()].concat()
}

impl Endpoint {
    /// When the secret was made that signs now.
    #[must_use]
    pub fn secret_made_at(&self) -> DateTime<Utc> {
        self.secret_was_until.map_or(self.made_at, |until| until - OVERLAP)
    }

    fn cells(&self) -> Vec<Cell> {
        let types = match &self.wanted {
            Wanted::All => None,
            Wanted::Only(names) => Some(names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
        };
        vec![
            self.branch.into(),
            self.id.into(),
            self.url.as_str().into(),
            types.into(),
            self.standing.name().into(),
            self.sealed.now.clone().into(),
            self.sealed.was.clone().into(),
            self.secret_was_until.map(micros).into(),
            self.since.into(),
            self.failing_since.map(micros).into(),
            self.standing.because().into(),
            micros(self.made_at).into(),
            micros(self.changed_at).into(),
            self.version.into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let (branch, id) = (cells.id()?, cells.id()?);
        let url = Url::parse(&cells.text()?)?;
        let types = cells.text_or_null()?;
        let wanted =
            types.map_or(Wanted::All, |names| Wanted::Only(names.split(' ').map(str::to_owned).collect()));
        let state = cells.text()?;
        let sealed = Sealed { now: cells.bytes()?, was: cells.bytes()? };
        let secret_was_until = cells.int_or_null()?.map(from_micros);
        let since = cells.int()?;
        let failing_since = cells.int_or_null()?.map(from_micros);
        let standing = standing(&state, cells.text_or_null()?.as_deref())?;
        Ok(Self {
            branch,
            id,
            url,
            wanted,
            standing,
            since,
            failing_since,
            made_at: from_micros(cells.int()?),
            changed_at: from_micros(cells.int()?),
            version: cells.int()?,
            sealed,
            secret_was_until,
        })
    }
}

fn standing(state: &str, because: Option<&str>) -> Result<Standing, StoreError> {
    match (state, because) {
        ("on", _) => Ok(Standing::On),
        ("off", _) => Ok(Standing::Off),
        ("disabled", Some("gone")) => Ok(Standing::Disabled(Because::Gone)),
        ("disabled", _) => Ok(Standing::Disabled(Because::Failing)),
        _ => Err(StoreError::saying("an endpoint has a state that nobody knows")),
    }
}
