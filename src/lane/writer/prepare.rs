//! Turning what was decided into an append.

use std::sync::Arc;

use projections::Recorded;

use super::{Decided, Interrupted, LaneWriter};
use crate::hosting::EVENT_VERSION;
use crate::ledger::table::{COMMANDS, Cell, Table};
use crate::ledger::{Append, Entry, Hash, Tail, by_staff, from_micros, micros, stored_id};
use crate::read_models::{Folded, Rows};

impl LaneWriter {
    /// Facts in their order, chained; the rows they fold to; the records of commands.
    pub(super) async fn prepare(
        &mut self,
        decided: &mut Decided,
        after: Tail,
    ) -> Result<(Append, Folded), Interrupted> {
        let recorded_at = micros(self.clock.now()).max(after.recorded_at);
        let mut hash = after.hash;
        let mut entries = Vec::with_capacity(decided.layer.facts.len());
        let mut recorded = Vec::with_capacity(decided.layer.facts.len());
        for (position, fact) in (after.head + 1..).zip(&decided.layer.facts) {
            let mut entry = Entry {
                position,
                recorded_at,
                aggregate_type: fact.aggregate_type.to_owned(),
                aggregate_id: stored_id(self.branch, fact.id),
                sequence: fact.sequence,
                event_type: fact.event_type.to_owned(),
                event_version: EVENT_VERSION.to_owned(),
                payload: fact.payload.clone(),
                metadata: fact.metadata.to_string(),
                hash: Hash([0; 32]),
            };
            hash = hash.then(&entry);
            entry.hash = hash;
            entries.push(entry);
            recorded.push(Recorded {
                position,
                recorded_at: from_micros(recorded_at),
                id: fact.id,
                sequence: fact.sequence,
                by_staff: by_staff(&fact.metadata),
                fact: fact.fact.clone(),
            });
        }
        let folded = self.fold(decided, &recorded).await?;
        let mut records = by_table(&decided.layer.records);
        let commands: Result<Vec<_>, _> =
            decided.accepted.iter().map(|it| it.row(self.branch, after.head)).collect();
        records.push((&COMMANDS, commands.map_err(|error| Interrupted::Broken(error.to_string()))?));
        records.extend(folded.begun(self.branch));
        let append = Append {
            branch: self.branch,
            after,
            entries: Arc::new(entries),
            rows: folded.changed(self.branch),
            records,
            changes: decided.layer.changes.clone(),
        };
        Ok((append, folded))
    }

    /// The rows after these facts. On the way, answers that are kept and show rows are written from the rows as their
    /// commands left them.
    async fn fold(&mut self, decided: &mut Decided, recorded: &[Recorded]) -> Result<Folded, Interrupted> {
        self.rows.fetch(recorded).await?;
        let mut folded = Folded::default();
        let mut rest = recorded;
        for accepted in decided.accepted.iter_mut().filter(|it| it.show.is_some()) {
            let done = recorded.len() - rest.len();
            let (own, later) = rest.split_at_checked(accepted.facts.end - done).unwrap_or((rest, &[]));
            self.rows.fold_onto(&mut folded, own);
            rest = later;
            accepted.show(&Rows::after(&folded, &self.rows)).await?;
            for place in &accepted.asked {
                if let Some(Ok(reply)) = decided.decisions.get_mut(*place) {
                    reply.answer = accepted.answer.clone();
                }
            }
        }
        self.rows.fold_onto(&mut folded, rest);
        Ok(folded)
    }
}

fn by_table(records: &[(&'static Table, Vec<Cell>)]) -> Vec<(&'static Table, Vec<Vec<Cell>>)> {
    let mut tables: Vec<(&'static Table, Vec<Vec<Cell>>)> = vec![];
    for (table, row) in records {
        match tables.iter_mut().find(|(known, _)| known == table) {
            Some((_, rows)) => rows.push(row.clone()),
            None => tables.push((table, vec![row.clone()])),
        }
    }
    tables
}
