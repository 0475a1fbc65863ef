//! `audit state` and `audit difference`.

use aggregates::ids::BranchId;
use clap::Args;
use serde_json::Value;
use uuid::Uuid;

use super::super::{Format, Ledgers, Output};
use super::{Kind, away};
use crate::audit::{self, Changed, Differences, When, leaves};

#[derive(Debug, Args)]
pub(in crate::cli) struct State {
    /// What it is.
    kind: Kind,
    /// Its id.
    id: Uuid,
    /// A position of the ledger, like 120, or a moment, like 2027-01-04T10:00:00Z; without it, now.
    #[arg(long)]
    at: Option<When>,
    /// Its branch; without it, all branches are searched.
    #[arg(long)]
    branch: Option<Uuid>,
    #[command(flatten)]
    store: Ledgers,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Difference {
    /// The branch.
    #[arg(long)]
    branch: Uuid,
    /// A position of the ledger, like 120, or a moment, like 2027-01-04T10:00:00Z.
    #[arg(long)]
    from: When,
    /// The other; without it, now.
    #[arg(long)]
    to: Option<When>,
    #[command(flatten)]
    store: Ledgers,
    #[command(flatten)]
    output: Output,
}

impl State {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.store.open().await?;
        let branches = match (self.kind, self.branch) {
            (Kind::Branch, _) => vec![BranchId(self.id)],
            (_, Some(branch)) => vec![BranchId(branch)],
            (_, None) => ledger.branches().await.map_err(away)?,
        };
        let mut found = None;
        for branch in branches {
            let as_of = audit::position_at(ledger.as_ref(), branch, self.at).await.map_err(away)?;
            found = audit::state(ledger.as_ref(), branch, self.kind.subject(self.id), as_of).await?;
            if found.is_some() {
                break;
            }
        }
        ledger.close().await;
        let Some(state) = found else { anyhow::bail!("there was no such thing then") };
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&state)?),
            Format::Text => {
                let at = state.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
                say!(
                    "As of position {}: version {}, of position {}, {at}",
                    state.as_of,
                    state.version,
                    state.position
                );
                for (path, value) in leaves(&state.state) {
                    say!("  {path} = {}", said(Some(&value)));
                }
            }
        }
        Ok(())
    }
}

impl Difference {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (ledger, branch) = (self.store.open().await?, BranchId(self.branch));
        let from = audit::position_at(ledger.as_ref(), branch, Some(self.from)).await.map_err(away)?;
        let to = audit::position_at(ledger.as_ref(), branch, self.to).await.map_err(away)?;
        let found = audit::differences(ledger.as_ref(), branch, from, to).await?;
        ledger.close().await;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&found)?),
            Format::Text => tell(&found),
        }
        Ok(())
    }
}

fn tell(found: &Differences) {
    say!("From position {} to {}:", found.from, found.to);
    for (name, count) in &found.facts {
        say!("{count:>8}  {name}");
    }
    for Changed { kind, id, values } in &found.things {
        say!("{kind} {id}");
        for value in values {
            say!("  {}: {} -> {}", value.path, said(value.was.as_ref()), said(value.is.as_ref()));
        }
    }
    if 0 < found.more {
        say!("{} more things changed.", found.more);
    }
}

fn said(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}
