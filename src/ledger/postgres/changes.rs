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
    let made = step.make(changes).await;
    let end = if made.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = step.say(end).await;
    step.ended = ended.is_ok();
    let rows = made?;
    ended.map(|()| rows)
}

impl Step {
    async fn say(&mut self, sql: &'static str) -> Result<(), Trouble> {
        self.connection.put(&Question::new(sql, vec![])).await.map(|_| ())
    }

    async fn make(&mut self, changes: &Changes) -> Result<Vec<u64>, Trouble> {
        let mut rows = Vec::with_capacity(changes.changes.len());
        for change in &changes.changes {
            let mut of_one = 0;
            for question in sql::changes(change) {
                of_one += self.connection.put(&question).await?.len() as u64;
            }
            rows.push(of_one);
            if changes.first_decides && rows == [0] {
                break;
            }
        }
        Ok(rows)
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.give_up();
        }
    }
}
