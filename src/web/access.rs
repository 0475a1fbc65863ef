//! Who may come in where: one table of every route and the roles that may, enforced before any handler runs.
//!
//! What is not in the table is refused, whoever asks.

mod guard;
pub mod table;
mod visitor;

pub(super) use self::guard::{Gate, Known, guard};
pub use self::table::{Listener, Row, TABLE, Who};
pub(super) use self::visitor::Visitor;
