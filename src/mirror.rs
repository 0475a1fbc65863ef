//! Facts on EventStoreDB: the ledger of each branch as a stream `branch-<id>`, for programs that live there, and as a
//! second copy that a lost database is restored from.
//!
//! SQL stays the truth. The fact at a position is the event at the revision before it, with an id made of branch and
//! position and our hash in its metadata; so whoever wrote first, a second copy of the same fact is seen to be one. How far
//! a stream has come, the stream itself says: nothing about it is kept in SQL, and no booking waits for it.

mod address;
mod comparing;
mod connection;
mod event;
mod following;
mod pace;
mod restoring;
mod stream;

pub use address::{Address, NotAnAddress};
pub use comparing::{Compared, NotCompared, compare};
pub use connection::{Away, Connection};
pub use event::{event_id, proposed};
pub use following::{Mirroring, NotBegun, follow};
pub use restoring::{NotRestored, Restored, restore};
pub use stream::{branches, stream_name};
