//! Which appends of this process are sent when, and which share a statement.
//!
//! Of one branch there is one on its way at a time, first come first served: over different connections, the server would
//! not know which was begun first. Those of different branches share a statement while the server is busy, since a
//! statement and its commit cost it more than a few rows do. A ledger that another process has at that moment holds up
//! its own append alone.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aggregates::ids::BranchId;
use tokio::sync::oneshot;

use super::connections::Connections;
use super::trouble::Trouble;
use super::writing;
use crate::ledger::{Append, AppendError, StoreError};

/// Statements that are sent as soon as there is anything to send: while one is stored, the next gathers.
const BUSY: usize = 2;

/// Facts with which a statement is full, and worth another connection while the server is busy.
const FULL: usize = 128;

/// Where appends wait for their turn.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    connections: Connections,
    /// Statements that are on their way at most.
    most: usize,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Waiting>,
    /// Branches of which an append is on its way.
    taken: HashSet<BranchId>,
    /// Statements on their way that wait for nobody.
    under_way: usize,
}

#[derive(Debug)]
struct Waiting {
    append: Append,
    answer: oneshot::Sender<Result<(), AppendError>>,
}

impl Desk {
    /// A desk that sends over these connections, so many statements at a time.
    pub(super) fn over(connections: Connections, most: usize) -> Self {
        Self { connections, most, state: Arc::default() }
    }

    /// Appends behind all that began to wait earlier for the same branch. It is carried out also if nobody waits for it
    /// any more.
    pub(super) async fn append(&self, append: Append) -> Result<(), AppendError> {
        let (answer, answered) = oneshot::channel();
        self.state().waiting.push_back(Waiting { append, answer });
        self.send_what_waits();
        answered.await.map_err(|_| AppendError::Unknown(StoreError::saying("the service is stopping")))?
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_what_waits(&self) {
        loop {
            let Some(group) = self.state().take(self.most) else { return };
            tokio::spawn(self.clone().store(group));
        }
    }

    async fn store(self, group: Vec<Waiting>) {
        let alone = self.together(group).await;
        self.state().under_way -= 1;
        for waiting in alone {
            tokio::spawn(self.clone().alone(waiting));
        }
        self.send_what_waits();
    }

    /// Sends one statement, and answers; those that could not be part of it are returned.
    async fn together(&self, mut group: Vec<Waiting>) -> Vec<Waiting> {
        if !group.iter().all(|it| writing::can_share(&it.append)) {
            return group;
        }
        let appends: Vec<&Append> = group.iter().map(|it| &it.append).collect();
        let sent = match self.connections.lend().await {
            Ok(mut connection) => writing::put_together(&mut connection, &appends).await,
            Err(trouble) => Err(trouble),
        };
        match sent {
            Ok(moved) => {
                let stored = group.extract_if(.., |it| moved.contains(&it.append.branch)).collect();
                self.answer(stored, &Ok(()));
                group
            }
            // Whatever it was that the server did not like, it hears of it alone.
            Err(Trouble::Declined(_)) => group,
            Err(trouble) => {
                self.answer(group, &Err(trouble.at_commit()));
                vec![]
            }
        }
    }

    async fn alone(self, waiting: Waiting) {
        let outcome = writing::append(&self.connections, &waiting.append).await;
        self.answer(vec![waiting], &outcome);
        self.send_what_waits();
    }

    fn answer(&self, answered: Vec<Waiting>, outcome: &Result<(), AppendError>) {
        {
            let mut state = self.state();
            for it in &answered {
                state.taken.remove(&it.append.branch);
            }
        }
        for it in answered {
            let _ = it.answer.send(outcome.clone());
        }
    }
}

impl State {
    /// What the next statement holds, if one is to be sent now.
    fn take(&mut self, most: usize) -> Option<Vec<Waiting>> {
        if most <= self.under_way {
            return None;
        }
        let mut group = vec![];
        let mut branches = HashSet::new();
        let mut facts = 0;
        for (place, Waiting { append, .. }) in self.waiting.iter().enumerate() {
            if self.taken.contains(&append.branch) || !branches.insert(append.branch) {
                continue;
            }
            if !writing::can_share(append) {
                // It goes alone, and holds nobody up.
                if group.is_empty() {
                    group.push(place);
                    facts = FULL;
                    break;
                }
                continue;
            }
            group.push(place);
            facts += append.entries.len();
            if FULL <= facts {
                break;
            }
        }
        if group.is_empty() || (BUSY <= self.under_way && facts < FULL) {
            return None;
        }
        self.under_way += 1;
        // From the back, so that places stay what they are.
        let mut group: Vec<Waiting> =
            group.into_iter().rev().filter_map(|place| self.waiting.remove(place)).collect();
        group.reverse();
        self.taken.extend(group.iter().map(|it| it.append.branch));
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ledger::{Entry, Hash, Tail};

    /// An append of so many facts to a ledger that is there.
    fn append(branch: u128, facts: usize) -> Append {
        let branch = BranchId(uuid::Uuid::from_u128(branch));
        let fact = Entry {
            position: 8,
            recorded_at: 0,
            aggregate_type: String::new(),
            aggregate_id: String::new(),
            sequence: 1,
            event_type: String::new(),
            event_version: String::new(),
            payload: String::new(),
            metadata: String::new(),
            hash: Hash([0; 32]),
        };
        Append {
            branch,
            after: Tail { head: 7, ..Tail::empty(branch) },
            entries: Arc::new(vec![fact; facts]),
            rows: vec![],
            records: vec![],
            changes: vec![],
        }
    }

    fn first_of(branch: u128) -> Append {
        let append = append(branch, 1);
        Append { after: Tail::empty(append.branch), ..append }
    }

    fn waiting(appends: Vec<Append>) -> State {
        let waiting = appends.into_iter().map(|append| Waiting { append, answer: oneshot::channel().0 });
        State { waiting: waiting.collect(), ..State::default() }
    }

    /// The branches of the next statement.
    fn take(state: &mut State) -> Option<Vec<u128>> {
        let group = state.take(3)?;
        Some(group.iter().map(|it| it.append.branch.0.as_u128()).collect())
    }

    #[test]
    fn of_one_branch_there_is_one_on_its_way_and_those_of_others_go_with_it() {
        let mut state = waiting(vec![append(1, 1), append(2, 1), append(1, 1), append(3, 1)]);

        assert_eq!(take(&mut state), Some(vec![1, 2, 3]));
        assert_eq!(take(&mut state), None, "the branch is taken");
        state.taken.clear();
        assert_eq!(take(&mut state), Some(vec![1]));
    }

    #[test]
    fn while_the_server_is_busy_statements_are_filled_and_there_are_never_more_than_the_most() {
        let mut state = waiting(vec![append(1, 1)]);
        state.under_way = BUSY;
        assert_eq!(take(&mut state), None, "more may come");

        state.waiting.extend(waiting(vec![append(2, FULL - 1), append(3, 1)]).waiting);
        assert_eq!(take(&mut state), Some(vec![1, 2]));
        assert_eq!(state.under_way, 3);
        state.waiting.extend(waiting(vec![append(4, FULL)]).waiting);
        assert_eq!(take(&mut state), None);
    }

    #[test]
    fn the_first_append_of_a_branch_goes_alone() {
        let mut state = waiting(vec![append(1, 1), first_of(2), append(3, 1)]);
        assert_eq!(take(&mut state), Some(vec![1, 3]));
        assert_eq!(take(&mut state), Some(vec![2]));
    }
}
