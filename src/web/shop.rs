//! A booking link as its clients meet it, for pages and API.

use aggregates::Obstacle;
use aggregates::booking_link::Settled;
use aggregates::branch::Branch;
use aggregates::cart::CartTerms;
use aggregates::ids::{BranchId, LinkId};
use aggregates::values::Spots;
use chrono::{DateTime, Utc};
use projections::availability::AvailabilityRow;
use projections::links::LinkRow;

use super::pages::language::Language;
use super::problem::Problem;
use crate::app::App;
use crate::app::reading::{Cursor, Events};

/// A link that is there, with its branch.
pub(crate) struct Shop {
    pub(crate) branch_id: BranchId,
    pub(crate) branch: Branch,
    pub(crate) link_id: LinkId,
    pub(crate) link: Settled,
}

impl Shop {
    /// Looks a link up.
    ///
    /// # Errors
    ///
    /// 404 if there is none, 503 if the store is away.
    pub(crate) async fn find(app: &App, branch_id: BranchId, link_id: LinkId) -> Result<Self, Problem> {
        let not_found = || Problem::not_found("booking link");
        let branch = app.branch(branch_id).await?.ok_or_else(not_found)?.branch;
        let row: LinkRow = app.link(branch_id, link_id).await?.ok_or_else(not_found)?;
        let link = row.settled().cloned().ok_or_else(not_found)?;
        Ok(Self { branch_id, branch, link_id, link })
    }

    /// The text message that brings a code.
    pub(crate) fn code_message(&self, language: Language) -> impl FnOnce(&str) -> String + use<> {
        let studio = self.branch.details().map_or_else(String::new, |details| details.name.to_string());
        move |code| language.code_message(code, &studio)
    }

    /// What stands in the way of that many spots of an event.
    pub(crate) fn obstacle(
        &self,
        row: &AvailabilityRow,
        spots: Spots,
        now: DateTime<Utc>,
    ) -> Option<Obstacle> {
        row.vacancy.obstacle(spots, &self.link.online(&row.vacancy.plan, self.branch.rules(), now))
    }

    /// Whether an event is listed: bookable, or at least only sold out.
    pub(crate) fn lists(&self, row: &AvailabilityRow, now: DateTime<Utc>) -> bool {
        matches!(self.obstacle(row, Spots::ONE, now), None | Some(Obstacle::NotEnoughSpots { .. }))
    }

    /// One page of what the link lists, and where the next begins. What a filter hides is read past, page by page.
    ///
    /// # Errors
    ///
    /// 503 if the store is away.
    pub(crate) async fn listed(
        &self,
        app: &App,
        mut asked: Events,
        limit: usize,
        filter: impl Fn(&AvailabilityRow) -> bool,
    ) -> Result<(Vec<AvailabilityRow>, Option<Cursor>), Problem> {
        const READ_AT_ONCE: usize = 200;
        let now = app.clock.now();
        let terms = CartTerms::new(self.branch.rules(), &self.link, now);
        let mut found: Vec<AvailabilityRow> = vec![];
        // Mostly nothing is hidden, and this is enough.
        let mut at_once = (limit + 1).min(READ_AT_ONCE);
        while terms.active && found.len() <= limit {
            asked.limit = u32::try_from(at_once).ok();
            let rows = app.events(self.branch_id, asked).await?;
            let last_page = rows.len() < at_once;
            at_once = READ_AT_ONCE;
            asked.after = rows.last().map(Cursor::of_event);
            found.extend(rows.into_iter().filter(|row| self.lists(row, now) && filter(row)));
            if last_page {
                break;
            }
        }
        let more = limit < found.len();
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(Cursor::of_event);
        Ok((found, next))
    }
}
