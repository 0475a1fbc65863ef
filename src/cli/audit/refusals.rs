//! `audit refusals`.

use aggregates::ids::BranchId;
use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::super::{Format, Ledgers, Output};
use super::away;
use crate::refusals::{self, Refused};

#[derive(Debug, Args)]
pub(in crate::cli) struct Refusals {
    /// Only what was asked of this cart, event, appointment, link or client.
    #[arg(long)]
    id: Option<Uuid>,
    /// A branch, instead of all.
    #[arg(long)]
    branch: Option<Uuid>,
    /// How many of each branch.
    #[arg(long, default_value_t = 100)]
    limit: u32,
    #[command(flatten)]
    store: Ledgers,
    #[command(flatten)]
    output: Output,
}

impl Refusals {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.store.open().await?;
        let branches = match self.branch {
            Some(branch) => vec![BranchId(branch)],
            None => ledger.branches().await.map_err(away)?,
        };
        let mut found = vec![];
        for branch in branches {
            let newest = refusals::newest(ledger.as_ref(), branch, self.id, None, self.limit).await;
            found.extend(newest.map_err(away)?);
        }
        ledger.close().await;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&found.iter().map(json).collect::<Vec<_>>())?),
            Format::Text => {
                found.iter().for_each(tell);
                say!(
                    "{} refusals. This is no part of the ledger: a week at most, and not all of a flood.",
                    found.len()
                );
            }
        }
        Ok(())
    }
}

fn json(refused: &Refused) -> serde_json::Value {
    let (subject, subject_id) = refused.subject.clone().unzip();
    json!({
        "branch_id": refused.branch, "refusal_id": refused.id, "at": refused.at, "actor": refused.actor,
        "request": refused.request, "command": refused.command, "code": refused.code,
        "reasons": refused.reasons, "subject": subject, "subject_id": subject_id,
    })
}

fn tell(refused: &Refused) {
    let Refused { at, actor, request, command, code, reasons, subject, .. } = refused;
    let at = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let of = subject.as_ref().map_or_else(String::new, |(kind, id)| format!(" of {kind} {id}"));
    say!("{at}  {command}{of}: {code} {reasons}  ({actor}, request {request})");
}
