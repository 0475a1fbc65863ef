//! One row per cart: what is selected, and what became of it.

use aggregates::Fact;
use aggregates::cart::{CartEvent, ConfirmedLine, RefusedItem, Seen};
use aggregates::ids::{ActivityId, CartId, ClientId, LinkId};
use aggregates::values::Spots;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Projection, Recorded};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CartRow {
    pub cart_id: CartId,
    pub link_id: LinkId,
    pub opened_at: DateTime<Utc>,
    /// What is selected while the cart is open, by event id.
    pub selected: Vec<Selected>,
    pub shown: Seen,
    pub confirmed: Option<Confirmed>,
    pub version: u64,
}

/// One selected event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selected {
    pub activity_id: ActivityId,
    pub spots: Spots,
}

/// What a confirmation led to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    pub client_id: ClientId,
    pub confirmed_at: DateTime<Utc>,
    pub lines: Vec<ConfirmedLine>,
    /// What a `best_effort` confirmation could not book.
    pub refused: Vec<RefusedItem>,
}

impl Confirmed {
    /// The lines that became appointments, with their places among all lines.
    pub fn booked(&self) -> impl Iterator<Item = (usize, &ConfirmedLine)> {
        let refused =
            |line: &ConfirmedLine| self.refused.iter().any(|item| item.activity_id == line.activity_id);
        self.lines.iter().enumerate().filter(move |(_, line)| !refused(line))
    }
}

impl Projection for CartRow {
    type Key = CartId;

    fn key(entry: &Recorded) -> Option<CartId> {
        matches!(entry.fact, Fact::Cart(_)).then_some(CartId(entry.id))
    }

    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self> {
        let Fact::Cart(fact) = &entry.fact else { return row };
        if let CartEvent::Opened(opened) = fact {
            return Some(Self {
                cart_id: CartId(entry.id),
                link_id: opened.link_id,
                opened_at: opened.opened_at,
                selected: vec![],
                shown: Seen::default(),
                confirmed: None,
                version: entry.sequence,
            });
        }
        let mut row = row?;
        row.version = entry.sequence;
        match fact {
            CartEvent::Opened(_) => {}
            CartEvent::SelectionMade(fact) => {
                row.selected = fact
                    .lines
                    .iter()
                    .map(|line| Selected { activity_id: line.activity_id, spots: line.spots })
                    .collect();
                row.shown = fact.shown.clone();
            }
            CartEvent::SpotsSet(fact) => {
                for line in row.selected.iter_mut().filter(|line| line.activity_id == fact.activity_id) {
                    line.spots = fact.spots;
                }
            }
            CartEvent::Confirmed(fact) => {
                row.confirmed = Some(Confirmed {
                    client_id: fact.client_id,
                    confirmed_at: fact.confirmed_at,
                    lines: fact.lines.clone(),
                    refused: vec![],
                });
            }
            CartEvent::ItemsRefused(fact) => {
                if let Some(confirmed) = &mut row.confirmed {
                    confirmed.refused.clone_from(&fact.items);
                }
            }
        }
        Some(row)
    }
}
