//! How each row is kept in its table.

use aggregates::activity::{Plan, Vacancy};
use aggregates::appointment::{Attendance, By, Place};
use aggregates::ids::{BranchId, CartId, LinkId};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::branches::BranchRow;
use projections::carts::CartRow;
use projections::links::LinkRow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};

/// A row that has a table.
pub trait Tabled: Sized {
    const TABLE: &'static Table;
    /// The column beside `branch_id` that identifies a row; a branch itself needs none.
    const KEY: Option<&'static str>;

    fn id(&self) -> Uuid;

    fn cells(&self, branch: BranchId) -> Vec<Cell>;

    /// # Errors
    ///
    /// If the table holds something else than rows of this kind.
    fn read(row: Vec<Cell>) -> Result<Self, StoreError>;
}

pub static BRANCHES: Table = Table {
    name: "branches",
    columns: &[("branch_id", Kind::Id), ("document", Kind::Text), ("version", Kind::Int)],
    key: &["branch_id"],
};

pub static LINKS: Table = Table {
    name: "links",
    columns: &[
        ("branch_id", Kind::Id),
        ("link_id", Kind::Id),
        ("document", Kind::Text),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "link_id"],
};

pub static CARTS: Table = Table {
    name: "carts",
    columns: &[
        ("branch_id", Kind::Id),
        ("cart_id", Kind::Id),
        ("document", Kind::Text),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "cart_id"],
};

pub static AVAILABILITY: Table = Table {
    name: "availability",
    columns: &[
        ("branch_id", Kind::Id),
        ("activity_id", Kind::Id),
        ("service_id", Kind::Id),
        ("team_member_id", Kind::Id),
        ("starts_at", Kind::Int),
        ("duration", Kind::Int),
        ("capacity", Kind::Int),
        ("taken", Kind::Int),
        ("open", Kind::Int),
        ("cancelled", Kind::Int),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "activity_id"],
};

pub static APPOINTMENTS: Table = Table {
    name: "appointments",
    columns: &[
        ("branch_id", Kind::Id),
        ("appointment_id", Kind::Id),
        ("status", Kind::Text),
        ("cart_id", Kind::Id),
        ("link_id", Kind::Id),
        ("client_id", Kind::Id),
        ("activity_id", Kind::Id),
        ("service_id", Kind::Id),
        ("team_member_id", Kind::Id),
        ("starts_at", Kind::Int),
        ("duration", Kind::Int),
        ("spots", Kind::Int),
        ("membership_id", Kind::Id),
        ("booked_at", Kind::Int),
        ("changed_at", Kind::Int),
        ("cancelled_by", Kind::Text),
        ("moved_from", Kind::Int),
        ("team_member_was", Kind::Id),
        ("revision", Kind::Int),
        ("version", Kind::Int),
        ("attendance", Kind::Text),
        ("booked_by_staff", Kind::Int),
    ],
    key: &["branch_id", "appointment_id"],
};

/// A row that is only ever asked for whole is kept as one document.
fn document<T: Serialize>(row: &T) -> Cell {
    // Rows are plain data: what derives `Serialize` here has no map with other keys than strings.
    serde_json::to_string(row).unwrap_or_default().into()
}

fn parse<T: DeserializeOwned>(cells: &mut Cells) -> Result<T, StoreError> {
    Ok(serde_json::from_str(&cells.text()?)?)
}

impl Tabled for BranchRow {
    const TABLE: &'static Table = &BRANCHES;
    const KEY: Option<&'static str> = None;

    fn id(&self) -> Uuid {
        self.branch_id.0
    }

    fn cells(&self, branch: BranchId) -> Vec<Cell> {
        vec![branch.into(), document(self), self.version.into()]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _branch: BranchId = cells.id()?;
        parse(&mut cells)
    }
}

impl Tabled for LinkRow {
    const TABLE: &'static Table = &LINKS;
    const KEY: Option<&'static str> = Some("link_id");

    fn id(&self) -> Uuid {
        self.link_id.0
    }

    fn cells(&self, branch: BranchId) -> Vec<Cell> {
        vec![branch.into(), self.link_id.into(), document(self), self.version.into()]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _keys: (BranchId, LinkId) = (cells.id()?, cells.id()?);
        parse(&mut cells)
    }
}

impl Tabled for CartRow {
    const TABLE: &'static Table = &CARTS;
    const KEY: Option<&'static str> = Some("cart_id");

    fn id(&self) -> Uuid {
        self.cart_id.0
    }

    fn cells(&self, branch: BranchId) -> Vec<Cell> {
        vec![branch.into(), self.cart_id.into(), document(self), self.version.into()]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _keys: (BranchId, CartId) = (cells.id()?, cells.id()?);
        parse(&mut cells)
    }
}

impl Tabled for AvailabilityRow {
    const TABLE: &'static Table = &AVAILABILITY;
    const KEY: Option<&'static str> = Some("activity_id");

    fn id(&self) -> Uuid {
        self.activity_id.0
    }

    fn cells(&self, branch: BranchId) -> Vec<Cell> {
        let Vacancy { plan, cancelled, taken } = self.vacancy;
        vec![
            branch.into(),
            self.activity_id.into(),
            plan.service_id.into(),
            plan.team_member_id.into(),
            micros(plan.starts_at).into(),
            u32::from(plan.duration).into(),
            u32::from(plan.capacity).into(),
            taken.into(),
            plan.open.into(),
            cancelled.into(),
            self.version.into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _branch: BranchId = cells.id()?;
        let activity_id = cells.id()?;
        let (service_id, team_member_id) = (cells.id()?, cells.id()?);
        let starts_at = from_micros(cells.int()?);
        let (duration, capacity) = (cells.value()?, cells.value()?);
        let taken = cells.int()?;
        let open = cells.int::<i64>()? != 0;
        let cancelled = cells.int::<i64>()? != 0;
        let plan = Plan { service_id, team_member_id, starts_at, duration, capacity, open };
        Ok(Self { activity_id, vacancy: Vacancy { plan, cancelled, taken }, version: cells.int()? })
    }
}

impl Tabled for AppointmentRow {
    const TABLE: &'static Table = &APPOINTMENTS;
    const KEY: Option<&'static str> = Some("appointment_id");

    fn id(&self) -> Uuid {
        self.appointment_id.0
    }

    fn cells(&self, branch: BranchId) -> Vec<Cell> {
        let place = self.place;
        vec![
            branch.into(),
            self.appointment_id.into(),
            if self.is_cancelled() { "cancelled" } else { "booked" }.into(),
            self.cart_id.into(),
            self.link_id.into(),
            self.client_id.into(),
            place.activity_id.into(),
            place.service_id.into(),
            place.team_member_id.into(),
            micros(place.starts_at).into(),
            u32::from(place.duration).into(),
            u32::from(self.spots).into(),
            self.membership_id.into(),
            micros(self.booked_at).into(),
            micros(self.changed_at).into(),
            self.cancelled_by.map(By::name).into(),
            self.moved_from.map(micros).into(),
            self.team_member_was.into(),
            self.revision.into(),
            self.version.into(),
            self.attendance.map(Attendance::name).into(),
            self.booked_by_staff.into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _branch: BranchId = cells.id()?;
        let appointment_id = cells.id()?;
        let _status = cells.text()?;
        let (cart_id, link_id, client_id) = (cells.id()?, cells.id()?, cells.id()?);
        let place = Place {
            activity_id: cells.id()?,
            service_id: cells.id()?,
            team_member_id: cells.id()?,
            starts_at: from_micros(cells.int()?),
            duration: cells.value()?,
        };
        Ok(Self {
            appointment_id,
            cart_id,
            link_id,
            client_id,
            place,
            spots: cells.value()?,
            membership_id: cells.id_or_null()?,
            booked_at: from_micros(cells.int()?),
            changed_at: from_micros(cells.int()?),
            cancelled_by: cells.text_or_null()?.map(|name| by_name(&name)),
            moved_from: cells.int_or_null()?.map(from_micros),
            team_member_was: cells.id_or_null()?,
            revision: cells.int()?,
            version: cells.int()?,
            attendance: cells.text_or_null()?.and_then(|name| Attendance::parse(&name)),
            booked_by_staff: cells.int::<i64>()? != 0,
        })
    }
}

fn by_name(name: &str) -> By {
    match name {
        "client" => By::Client,
        "staff" => By::Staff,
        _ => By::Studio,
    }
}
