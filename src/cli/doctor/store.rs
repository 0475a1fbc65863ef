//! The store: whether it is there, is of this release, belongs to this key, and ends as it says.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;

use super::Finding;
use crate::app::{App, StoreAt};
use crate::cli::serving::Serve;
use crate::clock::Clock;
use crate::ledger::{Address, Ledger, Server, StoreError, from_micros};
use crate::vault::MasterKey;

/// Branches whose ledgers are looked at.
const LEDGERS: usize = 1_000;

/// By how much clocks may differ.
const CLOCKS: TimeDelta = TimeDelta::seconds(5);

/// Bits of a mode that let others than its owner read a file.
const OTHERS: u32 = 0o077;

pub(super) async fn look(settings: &Serve) -> Vec<Finding> {
    let at = settings.store_at();
    let mut found = vec![];
    match at.address.server().await {
        Ok(None) => {}
        Ok(Some(server)) => found.extend(primary(&server)),
        Err(error) => return vec![Finding::bad("store", error.to_string())],
    }
    match at.address.is_there().await {
        Err(error) => found.push(Finding::bad("store", error.to_string())),
        Ok(false) => {
            found.push(Finding::ok("store", format!("there is none at {} yet; serve makes it", at.address)));
            found.push(new_key(&at));
        }
        Ok(true) => match at.address.open(false).await {
            Err(error) => found.push(Finding::bad("store", error.to_string())),
            Ok(ledger) => {
                found.push(Finding::ok("store", format!("{} has the tables of this release", at.address)));
                found.extend(inside(&at, &ledger).await);
                ledger.close().await;
            }
        },
    }
    if let Some(replica) = &at.read_from {
        found.push(match Address::Postgres(replica.url.clone()).server().await {
            Ok(Some(server)) => standby(&server, replica.at_most_behind),
            Ok(None) => Finding::bad("replica", "a replica is a PostgreSQL database"),
            Err(error) => {
                Finding::warn("replica", format!("{error}; until it answers, the primary is asked"))
            }
        });
    }
    found
}

fn primary(server: &Server) -> Vec<Finding> {
    let Server { version, encoding, .. } = server;
    // What a store cannot be kept on is told when it is opened.
    let is = format!("PostgreSQL {version}, {encoding}");
    let server_is = match (server.standby, server.fsync) {
        (true, _) => Finding::bad("server", format!("{is}, a standby; give the address of the primary")),
        (false, true) => Finding::ok("server", format!("{is}, a primary that keeps what it commits")),
        (false, false) => Finding::warn(
            "server",
            format!("{is} with fsync off: a power failure may lose answered bookings"),
        ),
    };
    let apart = server.now - Clock::system().now();
    let clock = if apart.abs() <= CLOCKS {
        Finding::ok("clock", "agrees with that of the server")
    } else {
        Finding::warn("clock", format!("{} seconds apart from that of the server", apart.num_seconds()))
    };
    vec![server_is, clock]
}

fn standby(server: &Server, at_most: std::time::Duration) -> Finding {
    if !server.standby {
        return Finding::warn("replica", "this is a primary, and follows nobody; it is not read from");
    }
    match server.behind {
        Some(behind) if behind <= at_most.as_secs_f64() => {
            Finding::ok("replica", format!("{behind:.1} seconds behind"))
        }
        Some(behind) => Finding::warn(
            "replica",
            format!("{behind:.1} seconds behind; until it is nearer, the primary is asked"),
        ),
        None => Finding::warn("replica", "has followed nothing yet"),
    }
}

/// What is known of the inside of a store that is there.
async fn inside(at: &StoreAt, ledger: &Arc<dyn Ledger>) -> Vec<Finding> {
    let path = at.master_key_path();
    let mut found = mode(&path).into_iter().collect::<Vec<_>>();
    match MasterKey::read_or_make(&path, false) {
        Err(error) => found.push(Finding::bad("key", error.to_string())),
        Ok(master) => match App::over(Arc::clone(ledger), &master, Clock::system()).await {
            Err(error) => found.push(Finding::bad("key", error.to_string())),
            Ok(app) => {
                found.push(Finding::ok("key", format!("{} fits the store", path.display())));
                found.push(match app.ready().await {
                    Ok(()) => Finding::ok("release", "no newer release wrote to the store"),
                    Err(error) => Finding::bad("release", error.to_string()),
                });
            }
        },
    }
    found.push(
        heads(ledger.as_ref()).await.unwrap_or_else(|error| Finding::bad("ledgers", error.to_string())),
    );
    found
}

/// Whether each ledger ends with the fact that its head names, and not in the future.
async fn heads(ledger: &dyn Ledger) -> Result<Finding, StoreError> {
    let (mut facts, branches) = (0, ledger.branches().await?);
    let looked_at = branches.len().min(LEDGERS);
    let soon = Clock::system().now() + CLOCKS;
    for branch in branches.into_iter().take(LEDGERS) {
        let tail = ledger.tail(branch).await?;
        facts += tail.head;
        let last = match tail.head.checked_sub(1) {
            Some(before) => ledger.read(branch, before, 1).await?.pop(),
            None => continue,
        };
        // It may have gone on since: then the fact at that place is no end any more, but still has that hash.
        if last.is_none_or(|last| last.position != tail.head || last.hash != tail.hash) {
            let says =
                format!("the ledger of branch {branch} does not end as its head says; run cartwheel verify");
            return Ok(Finding::bad("ledgers", says));
        }
        if soon < from_micros(tail.recorded_at) {
            let says = format!(
                "branch {branch} has a fact of the future; this machine's clock is slow, or another's fast"
            );
            return Ok(Finding::warn("clock", says));
        }
    }
    Ok(Finding::ok("ledgers", format!("{looked_at} with {facts} facts end as their heads say")))
}

fn new_key(at: &StoreAt) -> Finding {
    let path = at.master_key_path();
    if path.exists() {
        return mode(&path).unwrap_or_else(|| Finding::ok("key", format!("{} is there", path.display())));
    }
    Finding::ok("key", format!("there is none at {} yet; serve makes it", path.display()))
}

/// A warning if others than its owner may read the key.
fn mode(path: &Path) -> Option<Finding> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & OTHERS != 0).then(|| {
        let says =
            format!("{} can be read by others than its owner (mode {mode:o}); chmod 600 it", path.display());
        Finding::warn("key mode", says)
    })
}
