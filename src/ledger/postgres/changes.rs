//! Several changes in one transaction.

use super::connections::{Connections, Lent};
use super::question::Question;
use super::sql;
use super::trouble::Trouble;
use crate::ledger::change::Changes;

/// A transaction on its way. Should it not come to its end, the connection is given up, and the server ends it.
struct Step {
    connection: Lent,
    ended: bool,
}

/// Makes changes; how many rows each of them changed.
pub(super) async fn make(connections: &Connections, changes: &Changes) -> Result<Vec<u64>, Trouble> {
    let mut step = Step { connection: connections.lend().await?, ended: false };
    step.say("BEGIN").await?;
    let changed = step.make(changes).await;
    let end = if changed.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = step.say(end).await;
    step.ended = ended.is_ok();
    let changed = changed?;
    ended.map(|()| changed)
}

impl Step {
    async fn say(&mut self, sql: &'static str) -> Result<(), Trouble> {
        self.connection.put(&Question::new(sql, vec![])).await.map(|_| ())
    }

    async fn make(&mut self, changes: &Changes) -> Result<Vec<u64>, Trouble> {
        let mut changed = Vec::with_capacity(changes.changes.len());
        for change in &changes.changes {
            let mut rows = 0;
            for question in sql::changes(change) {
                rows += self.connection.put(&question).await?.len() as u64;
            }
            changed.push(rows);
            if changes.first_decides && changed == [0] {
                break;
            }
        }
        Ok(changed)
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.give_up();
        }
    }
}
