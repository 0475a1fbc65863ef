//! Which appends of this process are sent when, and which share a statement.
//!
//! Of one branch there is one on its way at a time, first come first served: over different connections, the server would
//! not know which was begun first. Those of different branches share a statement while the server is busy, since a
//! statement and its commit cost it more than a few rows do. A ledger that another process has at that moment holds up
//! its own append alone.

use std::collections::{HashSet, VecDeque};
use std::mem;
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
            let Some(appends) = self.state().take(self.most) else { return };
            let (statement, group) = (Statement(self.clone()), Group { desk: self.clone(), appends });
            tokio::spawn(self.clone().store(statement, group));
        }
    }

    async fn store(self, statement: Statement, mut group: Group) {
        group.together().await;
        drop(statement);
        // Those that could not be part of it.
        for append in mem::take(&mut group.appends) {
            let alone = Group { desk: self.clone(), appends: vec![append] };
            tokio::spawn(alone.alone());
        }
        self.send_what_waits();
    }
}

/// A statement on its way, until it is dropped.
struct Statement(Desk);

impl Drop for Statement {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

/// Appends on their way.
struct Group {
    desk: Desk,
    appends: Vec<Waiting>,
}

impl Group {
    /// Sends one statement, and answers those that were part of it.
    async fn together(&mut self) {
        if !self.appends.iter().all(|it| writing::can_share(&it.append)) {
            return;
        }
        let appends: Vec<&Append> = self.appends.iter().map(|it| &it.append).collect();
        let sent = match self.desk.connections.lend().await {
            Ok(mut connection) => writing::put_together(&mut connection, &appends).await,
            Err(trouble) => Err(trouble),
        };
        match sent {
            Ok(moved) => self.answer(|it| moved.contains(&it.branch), &Ok(())),
            // Whatever it was that the server did not like, it hears of it alone.
            Err(Trouble::Declined(_)) => {}
            Err(trouble) => self.answer(|_| true, &Err(trouble.at_commit())),
        }
    }

    async fn alone(mut self) {
        let Some(only) = self.appends.first() else { return };
        let outcome = writing::append(&self.desk.connections, &only.append).await;
        self.answer(|_| true, &outcome);
        self.desk.send_what_waits();
    }

    fn answer(&mut self, which: impl Fn(&Append) -> bool, outcome: &Result<(), AppendError>) {
        let answered: Vec<Waiting> = self.appends.extract_if(.., |it| which(&it.append)).collect();
        self.desk.state().give_back(&answered);
        for it in answered {
            let _ = it.answer.send(outcome.clone());
        }
    }
}

impl Drop for Group {
    /// Should a task end before its time, whoever waits hears that the outcome is unknown, and the branch is not held up.
    fn drop(&mut self) {
        self.desk.state().give_back(&self.appends);
    }
}

impl State {
    fn give_back(&mut self, appends: &[Waiting]) {
        for it in appends {
            self.taken.remove(&it.append.branch);
        }
    }

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
    use std::time::Duration;

    use sqlx::postgres::PgConnectOptions;

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

    #[tokio::test]
    async fn a_task_that_ends_before_its_time_holds_up_nobody() {
        let nowhere = Connections::to(&PgConnectOptions::new(), "nowhere", 1, Duration::ZERO);
        let desk = Desk::over(nowhere, 1);
        let (answer, answered) = oneshot::channel();
        desk.state().waiting.push_back(Waiting { append: append(1, 1), answer });
        let appends = desk.state().take(1).unwrap();
        let on_their_way = (Statement(desk.clone()), Group { desk: desk.clone(), appends });
        assert_eq!(desk.state().taken.len(), 1);

        drop(on_their_way);

        assert!(answered.await.is_err());
        let state = desk.state();
        assert_eq!((state.under_way, state.taken.len()), (0, 0));
    }
}
