//! Questions to the rows of a store.

use aggregates::ids::{
    ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId, ServiceId, TeamMemberId,
};
use aggregates::membership::Membership;
use aggregates::{Decider, Fact};
use chrono::{DateTime, Utc};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::branches::BranchRow;
use projections::carts::CartRow;
use projections::links::LinkRow;

use super::App;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells};
use crate::ledger::{StoreError, micros};
use crate::read_models::{Rows, Tabled};

/// A place in a list that is sorted by start, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Microseconds since 1970.
    pub starts_at: i64,
    pub id: uuid::Uuid,
}

impl Cursor {
    #[must_use]
    pub fn of_event(row: &AvailabilityRow) -> Self {
        Self { starts_at: micros(row.vacancy.plan.starts_at), id: row.activity_id.0 }
    }

    #[must_use]
    pub fn of_appointment(row: &AppointmentRow) -> Self {
        Self { starts_at: micros(row.place.starts_at), id: row.appointment_id.0 }
    }

    fn cells(self) -> Vec<Cell> {
        vec![self.starts_at.into(), self.id.into()]
    }
}

/// Which events are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Events {
    pub service: Option<ServiceId>,
    pub team_member: Option<TeamMemberId>,
    pub from: Option<DateTime<Utc>>,
    pub before: Option<DateTime<Utc>>,
    pub after: Option<Cursor>,
    pub limit: Option<u32>,
}

/// Which appointments of the journal are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Journal {
    pub from: Option<DateTime<Utc>>,
    pub before: Option<DateTime<Utc>>,
    pub team_member: Option<TeamMemberId>,
    pub activity: Option<ActivityId>,
    pub client: Option<ClientId>,
    /// Booked after this moment.
    pub booked_after: Option<DateTime<Utc>>,
    /// Cancelled ones only, or those that are not.
    pub cancelled: Option<bool>,
    pub after: Option<Cursor>,
    pub limit: Option<u32>,
}

impl App {
    /// The rows of a branch as they are stored.
    #[must_use]
    pub fn rows_of(&self, branch: BranchId) -> Rows<'_> {
        Rows::stored(self.ledger.as_ref(), branch)
    }

    async fn rows<R: Tabled>(&self, select: &Select) -> Result<Vec<R>, StoreError> {
        self.ledger.select(select).await?.into_iter().map(R::read).collect()
    }

    async fn row<R: Tabled>(&self, select: &Select) -> Result<Option<R>, StoreError> {
        Ok(self.rows(select).await?.into_iter().next())
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn branches(&self) -> Result<Vec<BranchRow>, StoreError> {
        self.rows(&Select::all(BranchRow::TABLE).by(&["branch_id"])).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn branch(&self, branch: BranchId) -> Result<Option<BranchRow>, StoreError> {
        self.row(&Select::of(BranchRow::TABLE, branch)).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn links(&self, branch: BranchId) -> Result<Vec<LinkRow>, StoreError> {
        self.rows(&Select::of(LinkRow::TABLE, branch).by(&["link_id"])).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn link(&self, branch: BranchId, link: LinkId) -> Result<Option<LinkRow>, StoreError> {
        self.row(&Select::of(LinkRow::TABLE, branch).is("link_id", link)).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn cart(&self, branch: BranchId, cart: CartId) -> Result<Option<CartRow>, StoreError> {
        self.row(&Select::of(CartRow::TABLE, branch).is("cart_id", cart)).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn activity(
        &self,
        branch: BranchId,
        id: ActivityId,
    ) -> Result<Option<AvailabilityRow>, StoreError> {
        self.row(&Select::of(AvailabilityRow::TABLE, branch).is("activity_id", id)).await
    }

    /// The events with these ids, by start.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn activities(
        &self,
        branch: BranchId,
        ids: impl IntoIterator<Item = ActivityId>,
    ) -> Result<Vec<AvailabilityRow>, StoreError> {
        let ids: Vec<ActivityId> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let select = Select::of(AvailabilityRow::TABLE, branch).one_of("activity_id", ids);
        self.rows(&select.by(&["starts_at", "activity_id"])).await
    }

    /// Events by start, then id, cancelled ones included. From a replica if there is one.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn events(&self, branch: BranchId, asked: Events) -> Result<Vec<AvailabilityRow>, StoreError> {
        let mut select =
            Select::of(AvailabilityRow::TABLE, branch).by(&["starts_at", "activity_id"]).may_lag();
        if let Some(from) = asked.from {
            select = select.at_least("starts_at", micros(from));
        }
        if let Some(before) = asked.before {
            select = select.below("starts_at", micros(before));
        }
        if let Some(service) = asked.service {
            select = select.is("service_id", service);
        }
        if let Some(member) = asked.team_member {
            select = select.is("team_member_id", member);
        }
        select.after = asked.after.map(Cursor::cells);
        select.limit = asked.limit;
        self.rows(&select).await
    }

    /// Every event from that moment on with the service and team member of this one, itself included.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn similar(
        &self,
        branch: BranchId,
        to: &AvailabilityRow,
        from: DateTime<Utc>,
    ) -> Result<Vec<AvailabilityRow>, StoreError> {
        let plan = &to.vacancy.plan;
        let (service, team_member) = (Some(plan.service_id), Some(plan.team_member_id));
        self.events(branch, Events { service, team_member, from: Some(from), ..Events::default() }).await
    }

    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn appointment(
        &self,
        branch: BranchId,
        id: AppointmentId,
    ) -> Result<Option<AppointmentRow>, StoreError> {
        self.row(&Select::of(AppointmentRow::TABLE, branch).is("appointment_id", id)).await
    }

    /// The appointments with these ids, by start.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn appointments(
        &self,
        branch: BranchId,
        ids: impl IntoIterator<Item = AppointmentId>,
    ) -> Result<Vec<AppointmentRow>, StoreError> {
        let ids: Vec<AppointmentId> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let select = Select::of(AppointmentRow::TABLE, branch).one_of("appointment_id", ids);
        self.rows(&select.by(&["starts_at", "appointment_id"])).await
    }

    /// Appointments of the journal by start, then id. From a replica if there is one.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn journal(&self, branch: BranchId, asked: Journal) -> Result<Vec<AppointmentRow>, StoreError> {
        let mut select =
            Select::of(AppointmentRow::TABLE, branch).by(&["starts_at", "appointment_id"]).may_lag();
        if let Some(from) = asked.from {
            select = select.at_least("starts_at", micros(from));
        }
        if let Some(before) = asked.before {
            select = select.below("starts_at", micros(before));
        }
        if let Some(member) = asked.team_member {
            select = select.is("team_member_id", member);
        }
        if let Some(activity) = asked.activity {
            select = select.is("activity_id", activity);
        }
        if let Some(client) = asked.client {
            select = select.is("client_id", client);
        }
        if let Some(moment) = asked.booked_after {
            select = select.at_least("booked_at", micros(moment).saturating_add(1));
        }
        if let Some(cancelled) = asked.cancelled {
            select = select.is("status", if cancelled { "cancelled" } else { "booked" });
        }
        select.after = asked.after.map(Cursor::cells);
        select.limit = asked.limit;
        self.rows(&select).await
    }

    /// The carts with these ids, in no order.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn carts(
        &self,
        branch: BranchId,
        ids: impl IntoIterator<Item = CartId>,
    ) -> Result<Vec<CartRow>, StoreError> {
        let ids: Vec<CartId> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        self.rows(&Select::of(CartRow::TABLE, branch).one_of("cart_id", ids)).await
    }

    /// What a client has paid ahead.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or holds something that cannot be read.
    pub async fn memberships(&self, branch: BranchId, client: ClientId) -> Result<Membership, StoreError> {
        let mut all = Membership::default();
        for entry in self.ledger.history(branch, Membership::NAME, client.0).await? {
            if let Fact::Membership(fact) = entry.read()?.fact {
                all = all.evolve(&fact);
            }
        }
        Ok(all)
    }

    /// Something that the store remembers about itself.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn remembered(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let select = Select::all(&crate::ledger::table::STORE).is("name", name);
        let Some(row) = self.ledger.select(&select).await?.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let _name = cells.text()?;
        Ok(Some(cells.bytes()?))
    }
}
