//! The tables of a store, and values on their way in and out, the same for every store.

use uuid::Uuid;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Id,
    Int,
    Text,
    Bytes,
}

/// A table whose rows belong to branches.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// The columns of the primary key.
    pub key: &'static [&'static str],
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Id(Uuid),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row does not hold what its table promises.
#[derive(Debug, thiserror::Error)]
#[error("column {column} holds {found:?}")]
pub struct WrongCell {
    column: usize,
    found: Option<Cell>,
}

/// Reads the cells of a row one after another.
#[derive(Debug)]
pub struct Cells {
    cells: std::vec::IntoIter<Cell>,
    column: usize,
}

impl Cells {
    #[must_use]
    pub fn of(row: Vec<Cell>) -> Self {
        Self { cells: row.into_iter(), column: 0 }
    }

    fn next<T>(&mut self, read: impl FnOnce(Cell) -> Result<T, Cell>) -> Result<T, WrongCell> {
        let column = self.column;
        self.column += 1;
        let cell = self.cells.next().ok_or(WrongCell { column, found: None })?;
        read(cell).map_err(|found| WrongCell { column, found: Some(found) })
    }

    /// # Errors
    ///
    /// If the next cell is not an id.
    pub fn id<T: From<Id>>(&mut self) -> Result<T, WrongCell> {
        self.next(|cell| match cell {
            Cell::Id(id) => Ok(Id(id).into()),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is neither an id nor empty.
    pub fn id_or_null<T: From<Id>>(&mut self) -> Result<Option<T>, WrongCell> {
        self.next(|cell| match cell {
            Cell::Id(id) => Ok(Some(Id(id).into())),
            Cell::Null => Ok(None),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is not a number that fits.
    pub fn int<T: TryFrom<i64>>(&mut self) -> Result<T, WrongCell> {
        self.next(|cell| match cell {
            Cell::Int(int) => T::try_from(int).map_err(|_| Cell::Int(int)),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is neither a number that fits nor empty.
    pub fn int_or_null(&mut self) -> Result<Option<i64>, WrongCell> {
        self.next(|cell| match cell {
            Cell::Int(int) => Ok(Some(int)),
            Cell::Null => Ok(None),
            other => Err(other),
        })
    }

    /// A number that a value type accepts.
    ///
    /// # Errors
    ///
    /// If the next cell is not such a number.
    pub fn value<T: TryFrom<u32>>(&mut self) -> Result<T, WrongCell> {
        self.next(|cell| match cell {
            Cell::Int(int) => {
                u32::try_from(int).ok().and_then(|int| T::try_from(int).ok()).ok_or(Cell::Int(int))
            }
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is not text.
    pub fn text(&mut self) -> Result<String, WrongCell> {
        self.next(|cell| match cell {
            Cell::Text(text) => Ok(text),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is neither text nor empty.
    pub fn text_or_null(&mut self) -> Result<Option<String>, WrongCell> {
        self.next(|cell| match cell {
            Cell::Text(text) => Ok(Some(text)),
            Cell::Null => Ok(None),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is neither bytes nor empty.
    pub fn bytes_or_null(&mut self) -> Result<Option<Vec<u8>>, WrongCell> {
        self.next(|cell| match cell {
            Cell::Bytes(bytes) => Ok(Some(bytes)),
            Cell::Null => Ok(None),
            other => Err(other),
        })
    }

    /// # Errors
    ///
    /// If the next cell is not bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>, WrongCell> {
        self.next(|cell| match cell {
            Cell::Bytes(bytes) => Ok(bytes),
            other => Err(other),
        })
    }
}

/// An id of any kind, between a cell and its own type.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub Uuid);

macro_rules! ids_in_cells {
    ($($name:ident),+) => {$(
        impl From<Id> for aggregates::ids::$name {
            fn from(Id(id): Id) -> Self {
                Self(id)
            }
        }

        impl From<aggregates::ids::$name> for Cell {
            fn from(id: aggregates::ids::$name) -> Self {
                Self::Id(id.0)
            }
        }
    )+};
}

ids_in_cells!(
    BranchId,
    LinkId,
    CartId,
    ActivityId,
    AppointmentId,
    ServiceId,
    TeamMemberId,
    ClientId,
    MembershipId
);

impl From<Id> for Uuid {
    fn from(Id(id): Id) -> Self {
        id
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl From<i64> for Cell {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<u64> for Cell {
    fn from(int: u64) -> Self {
        Self::Int(int.cast_signed())
    }
}

impl From<u32> for Cell {
    fn from(int: u32) -> Self {
        Self::Int(i64::from(int))
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

pub static EVENTS: Table = Table {
    name: "events",
    columns: &[
        ("aggregate_type", Kind::Text),
        ("aggregate_id", Kind::Text),
        ("sequence", Kind::Int),
        ("event_type", Kind::Text),
        ("event_version", Kind::Text),
        ("payload", Kind::Text),
        ("metadata", Kind::Text),
        ("branch_id", Kind::Id),
        ("position", Kind::Int),
        ("recorded_at", Kind::Int),
        ("hash", Kind::Bytes),
    ],
    key: &["aggregate_type", "aggregate_id", "sequence"],
};

pub static COMMANDS: Table = Table {
    name: "commands",
    columns: &[
        ("branch_id", Kind::Id),
        ("scope", Kind::Text),
        ("key", Kind::Text),
        ("fingerprint", Kind::Bytes),
        ("first", Kind::Int),
        ("last", Kind::Int),
        ("answer", Kind::Bytes),
    ],
    key: &["branch_id", "scope", "key"],
};

pub static CAPABILITIES: Table = Table {
    name: "capabilities",
    columns: &[
        ("branch_id", Kind::Id),
        ("hash", Kind::Bytes),
        ("kind", Kind::Text),
        ("id", Kind::Id),
        ("revoked_at", Kind::Int),
    ],
    key: &["branch_id", "hash"],
};

pub static CLIENTS: Table = Table {
    name: "clients",
    columns: &[
        ("branch_id", Kind::Id),
        ("client_id", Kind::Id),
        ("phone_mac", Kind::Bytes),
        ("wrapped_key", Kind::Bytes),
        ("sealed", Kind::Bytes),
    ],
    key: &["branch_id", "client_id"],
};

pub static CONTACTS: Table = Table {
    name: "contacts",
    columns: &[
        ("branch_id", Kind::Id),
        ("cart_id", Kind::Id),
        ("client_id", Kind::Id),
        ("sealed", Kind::Bytes),
    ],
    key: &["branch_id", "cart_id"],
};

pub static STORE: Table =
    Table { name: "store", columns: &[("name", Kind::Text), ("value", Kind::Bytes)], key: &["name"] };
