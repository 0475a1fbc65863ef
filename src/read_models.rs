//! Rows of the folds: how they are kept in tables, folded with an append, made anew and compared.

pub mod rebuild;
mod rows;
pub mod tables;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use aggregates::ids::BranchId;
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::branches::BranchRow;
use projections::carts::CartRow;
use projections::links::LinkRow;
use projections::{Projection, Recorded};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use crate::cache::{Budget, Cache, Weigh};
use crate::hosting::Hostable;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Table};
use crate::ledger::{Ledger, StoreError};
pub use rows::{Row, Rows};
pub use tables::Tabled;

/// Whole tables of rows, ready to be stored.
pub type TableRows = Vec<(&'static Table, Vec<Vec<Cell>>)>;

/// Which row: its table, and its key within the branch.
type Key = (&'static str, Uuid);

macro_rules! rows {
    ($($variant:ident($row:ty) $(holds $held:expr)?;)+) => {
        /// A row of any read model.
        #[derive(Debug, Clone, PartialEq)]
        pub enum AnyRow {
            $($variant(Arc<$row>),)+
        }

        /// Every table of the read models.
        pub static TABLES: &[&Table] = &[$(<$row>::TABLE),+];

        impl AnyRow {
            fn table(&self) -> &'static Table {
                match self {
                    $(Self::$variant(_) => <$row>::TABLE,)+
                }
            }

            fn cells(&self, branch: BranchId) -> Vec<Cell> {
                match self {
                    $(Self::$variant(row) => row.cells(branch),)+
                }
            }

            fn version(&self) -> u64 {
                match self {
                    $(Self::$variant(row) => row.version,)+
                }
            }
        }

        impl Weigh for AnyRow {
            fn weight(&self) -> usize {
                match self {
                    $(Self::$variant(row) => size_of::<$row>() + row.held(),)+
                }
            }
        }

        $(impl Row for $row {
            fn of(row: &AnyRow) -> Option<Arc<Self>> {
                match row {
                    AnyRow::$variant(row) => Some(Arc::clone(row)),
                    _ => None,
                }
            }

            $(fn held(&self) -> usize {
                let held: fn(&Self) -> usize = $held;
                held(self)
            })?
        })+

        /// The row that an entry concerns, if any.
        fn key(entry: &Recorded) -> Option<Key> {
            $(if let Some(id) = <$row>::key(entry) {
                return Some((<$row>::TABLE.name, id.0));
            })+
            None
        }

        /// The row after this entry.
        fn fold(row: Option<AnyRow>, entry: &Recorded) -> Option<AnyRow> {
            $(if <$row>::key(entry).is_some() {
                let row = match row {
                    Some(AnyRow::$variant(row)) => Some(Arc::unwrap_or_clone(row)),
                    _ => None,
                };
                return <$row>::fold(row, entry).map(|row| AnyRow::$variant(Arc::new(row)));
            })+
            row
        }

        /// Reads rows of the table called `name` by their keys.
        async fn load(
            ledger: &dyn Ledger,
            branch: BranchId,
            name: &'static str,
            ids: Vec<Uuid>,
        ) -> Result<Vec<(Uuid, AnyRow)>, StoreError> {
            $(if name == <$row>::TABLE.name {
                let mut select = Select::of(<$row>::TABLE, branch);
                if let Some(key) = <$row>::KEY {
                    select = select.one_of(key, ids);
                }
                let rows = ledger.select(&select).await?.into_iter().map(<$row>::read);
                return rows
                    .map(|row| row.map(|row| (row.id(), AnyRow::$variant(Arc::new(row)))))
                    .collect();
            })+
            Ok(vec![])
        }
    };
}

rows! {
    Branch(BranchRow) holds |row| row.branch.weight();
    Link(LinkRow) holds |row| row.link.weight();
    Cart(CartRow) holds |row| 32 * row.selected.len() + row.confirmed.as_ref().map_or(0, |it| 128 * it.lines.len());
    Availability(AvailabilityRow);
    Appointment(AppointmentRow);
}

/// The rows of one branch that were read or written lately.
pub struct RowCache {
    branch: BranchId,
    ledger: Arc<dyn Ledger>,
    rows: Cache<Key, AnyRow>,
    /// On their way to the store, the oldest first. They cannot be loaded, so they must not leave memory.
    expected: VecDeque<Folded>,
}

/// Rows that a batch of facts leads to.
#[derive(Debug, Default)]
pub struct Folded {
    rows: FxHashMap<Key, AnyRow>,
    /// Those that it begins: no store has them yet.
    begun: FxHashSet<Key>,
}

impl RowCache {
    #[must_use]
    pub fn new(branch: BranchId, ledger: Arc<dyn Ledger>, budget: &Budget) -> Self {
        Self { branch, ledger, rows: Cache::within(budget), expected: VecDeque::new() }
    }

    /// The rows after these entries, one per key.
    ///
    /// # Errors
    ///
    /// If a row has to be loaded and cannot be.
    pub async fn fold(&mut self, entries: &[Recorded]) -> Result<Folded, StoreError> {
        self.fetch(entries).await?;
        let mut folded = Folded::default();
        self.fold_onto(&mut folded, entries);
        Ok(folded)
    }

    /// Folds these entries onto the rows that the ones before them led to. Rows that they change were fetched.
    pub fn fold_onto(&mut self, folded: &mut Folded, entries: &[Recorded]) {
        for entry in entries {
            let Some(key) = key(entry) else { continue };
            let row = match folded.rows.remove(&key) {
                Some(row) => Some(row),
                // The first fact of an aggregate begins its row.
                None if entry.sequence == 1 => {
                    folded.begun.insert(key);
                    None
                }
                None => self.known(&key).cloned(),
            };
            if let Some(row) = fold(row, entry) {
                folded.rows.insert(key, row);
            }
        }
    }

    /// Loads the rows that these entries change, as far as they are not known.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn fetch(&mut self, entries: &[Recorded]) -> Result<(), StoreError> {
        let mut missing: HashMap<&'static str, Vec<Uuid>> = HashMap::new();
        let mut begun = std::collections::HashSet::new();
        for entry in entries {
            let Some(key) = key(entry) else { continue };
            if entry.sequence == 1 {
                begun.insert(key);
            } else if !begun.contains(&key) && self.known(&key).is_none() {
                missing.entry(key.0).or_default().push(key.1);
            }
        }
        for (table, mut ids) in missing {
            ids.sort_unstable();
            ids.dedup();
            for (id, row) in load(self.ledger.as_ref(), self.branch, table, ids).await? {
                self.rows.put((table, id), row);
            }
        }
        Ok(())
    }

    /// A row as a batch finds it.
    fn known(&mut self, key: &Key) -> Option<&AnyRow> {
        expected(&self.expected, key).or_else(|| self.rows.get(key))
    }

    /// The same, without a claim to stay in memory.
    fn peek(&self, key: &Key) -> Option<&AnyRow> {
        expected(&self.expected, key).or_else(|| self.rows.peek(key))
    }

    /// The rows are on their way to the store. What is folded from now on goes on from them.
    pub fn expect(&mut self, folded: Folded) {
        self.expected.push_back(folded);
    }

    /// The oldest rows that were expected are stored: they are the truth now.
    pub fn absorb(&mut self) {
        for (key, row) in self.expected.pop_front().unwrap_or_default().rows {
            self.rows.put(key, row);
        }
    }

    /// What was expected is not stored.
    pub fn take_back(&mut self) {
        self.expected.clear();
    }

    /// Somebody else stored a fact. Only the next fact of a cached row is applied; older ones are known, and a gap
    /// drops it.
    pub fn evolve(&mut self, entry: &Recorded) {
        let Some(key) = key(entry) else { return };
        let Some(row) = self.rows.peek(&key) else { return };
        if row.version() + 1 == entry.sequence {
            if let Some(row) = fold(Some(row.clone()), entry) {
                self.rows.put(key, row);
            }
        } else if row.version() < entry.sequence {
            self.rows.forget(&key);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.rows.clear();
    }
}

fn expected<'a>(expected: &'a VecDeque<Folded>, key: &Key) -> Option<&'a AnyRow> {
    expected.iter().rev().find_map(|folded| folded.rows.get(key))
}

impl Folded {
    /// Rows that take the place of others, as rows of tables.
    #[must_use]
    pub fn changed(&self, branch: BranchId) -> TableRows {
        let changed = self.rows.iter().filter(|(key, _)| !self.begun.contains(key));
        by_table(branch, changed.map(|(_, row)| row))
    }

    /// Rows that did not exist before, as rows of tables.
    #[must_use]
    pub fn begun(&self, branch: BranchId) -> TableRows {
        by_table(branch, self.begun.iter().filter_map(|key| self.rows.get(key)))
    }
}

fn by_table<'a>(branch: BranchId, rows: impl Iterator<Item = &'a AnyRow>) -> TableRows {
    let mut tables: TableRows = TABLES.iter().map(|table| (*table, vec![])).collect();
    for row in rows {
        if let Some((_, rows)) = tables.iter_mut().find(|(table, _)| *table == row.table()) {
            rows.push(row.cells(branch));
        }
    }
    tables
}

/// All rows of a branch, folded from its whole ledger: what a rebuild saves and `verify` compares.
#[derive(Debug, Default)]
pub struct WholeFold(FxHashMap<Key, AnyRow>);

impl WholeFold {
    /// Takes one more entry into account.
    pub fn take(&mut self, entry: &Recorded) {
        let Some(key) = key(entry) else { return };
        if let Some(row) = fold(self.0.remove(&key), entry) {
            self.0.insert(key, row);
        }
    }

    /// As rows of tables, each sorted by key.
    #[must_use]
    pub fn rows(&self, branch: BranchId) -> TableRows {
        let mut keyed: Vec<_> = self.0.iter().collect();
        keyed.sort_unstable_by_key(|(key, _)| **key);
        by_table(branch, keyed.into_iter().map(|(_, row)| row))
    }
}
