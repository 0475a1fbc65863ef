//! One-time codes, which prove that somebody holds a telephone number.
//!
//! There is one code at a time for a number and a purpose, and it opens only what it was issued for. A store keeps MACs of
//! number and code, so that a copy of it tells neither; what may be done when is decided in [`rules`].

mod digits;
pub mod rules;

use std::fmt;
use std::sync::Arc;

use aggregates::ids::{BranchId, CartId};
use chrono::{DateTime, Utc};

pub use self::digits::{Code, NotACode};
use self::rules::{NotIssued, Refused, Right, Standing};
use crate::contact::Phone;
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, StoreError, from_micros, micros};
use crate::vault::{Key, random};

/// What a code is for; it opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The personal account.
    SignIn,
    /// All events of one cart at once.
    Confirm(CartId),
}

impl Purpose {
    /// A sign-in opens a session and is over. A confirmation may be refused after the right code, because an event filled
    /// up meanwhile, and is asked again; that it is accepted once at most, the cart sees to.
    fn right(self) -> Right {
        match self {
            Self::SignIn => Right::Once,
            Self::Confirm(_) => Right::Stands,
        }
    }
}

/// The codes of a store.
#[derive(Clone)]
pub struct Codes {
    ledger: Arc<dyn Ledger>,
    key: Key,
}

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
pub(crate) static CODES: Table = Table {
    name: "codes",
    columns: &[
        ("branch_id", Kind::Id),
        ("subject", Kind::Bytes),
        ("code_mac", Kind::Bytes),
        ("issued_at", Kind::Int),
        ("tries", Kind::Int),
        ("day", Kind::Int),
        ("issued_that_day", Kind::Int),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "subject"],
};

/// How often a step is tried again that somebody else was faster at.
const ROUNDS: usize = 16;

/// How long a number's standing is kept, in days: the limit of a day needs it until that day is over.
const KEPT: i64 = 2;

impl Codes {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, key: Key) -> Self {
        Self { ledger, key }
    }

    /// Issues a code for a number and purpose; the one before it is void. Without a recipient none works, and nothing else
    /// differs: whoever asks cannot tell the one from the other.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked. The inner one says until when there is no other code.
    pub async fn issue(
        &self,
        branch: BranchId,
        phone: &Phone,
        purpose: Purpose,
        has_recipient: bool,
        now: DateTime<Utc>,
    ) -> Result<Result<Code, NotIssued>, StoreError> {
        let aged = Change::delete(&CODES).is("branch_id", branch);
        let aged = aged.below("issued_at", micros(now - chrono::TimeDelta::days(KEPT)));
        self.ledger.change(aged).await?;
        let code = Code::draw();
        let mac = self.mac(branch, phone, purpose, &code);
        let mac = if has_recipient { mac } else { random() };
        let subject = self.subject(branch, phone, purpose);
        let issue = |before: Option<&Standing>| Standing::issue(before, mac, now);
        if let Purpose::Confirm(_) = purpose {
            // Carts are had for the asking: what a number gets on one day is counted over all of them. Whoever is too
            // early is told so first and takes nothing of that.
            if let Err(refusal) = issue(self.standing(branch, &subject).await?.as_ref()) {
                return Ok(Err(refusal));
            }
            let count = |before: Option<&Standing>| Standing::count(before, random(), now);
            if let Err(refusal) = self.step(branch, &self.all_carts(branch, phone), count).await? {
                return Ok(Err(refusal));
            }
        }
        Ok(self.step(branch, &subject, issue).await?.map(|()| code))
    }

    /// Stores what follows from how it is, unless that is refused.
    async fn step(
        &self,
        branch: BranchId,
        subject: &[u8],
        next: impl Fn(Option<&Standing>) -> Result<Standing, NotIssued>,
    ) -> Result<Result<(), NotIssued>, StoreError> {
        for _ in 0..ROUNDS {
            let before = self.standing(branch, subject).await?;
            let next = match next(before.as_ref()) {
                Ok(next) => next,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if self.put(branch, subject, before.as_ref(), next).await? {
                return Ok(Ok(()));
            }
        }
        Err(contended())
    }

    /// Whether this is the code that was issued for the number and purpose; a sign-in uses it up.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked. The inner one says why it is not.
    pub async fn check(
        &self,
        branch: BranchId,
        phone: &Phone,
        purpose: Purpose,
        typed: &Code,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, StoreError> {
        let subject = self.subject(branch, phone, purpose);
        let mac = self.mac(branch, phone, purpose, typed);
        for _ in 0..ROUNDS {
            let before = self.standing(branch, &subject).await?;
            let Some(before) = before else { return Ok(Err(Refused::Ended)) };
            let (verdict, next) = before.judge(&mac, purpose.right(), now);
            let Some(next) = next else { return Ok(verdict) };
            if self.put(branch, &subject, Some(&before), next).await? {
                return Ok(verdict);
            }
        }
        Err(contended())
    }

    /// Whether the code for the number and purpose was typed right and stands.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn is_proved(
        &self,
        branch: BranchId,
        phone: &Phone,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let found = self.standing(branch, &self.subject(branch, phone, purpose)).await?;
        Ok(found.is_some_and(|standing| standing.is_proved(now)))
    }

    /// Under which the codes of a number are counted over all branches, for each purpose by itself: whoever asks for the one
    /// keeps its owner from nothing else.
    #[must_use]
    pub fn whose(&self, phone: &Phone, purpose: Purpose) -> [u8; 32] {
        let purpose: &[u8] = match purpose {
            Purpose::SignIn => b"sign-in",
            Purpose::Confirm(_) => b"confirm",
        };
        self.key.mac(&[b"whose", phone.as_str().as_bytes(), purpose])
    }

    fn subject(&self, branch: BranchId, phone: &Phone, purpose: Purpose) -> Vec<u8> {
        let (branch, phone) = (branch.0.as_bytes(), phone.as_str().as_bytes());
        match purpose {
            Purpose::SignIn => self.key.mac(&[b"subject", branch, phone]),
            Purpose::Confirm(cart) => {
                self.key.mac(&[b"subject", branch, phone, b"confirm", cart.0.as_bytes()])
            }
        }
        .to_vec()
    }

    /// What stands under these is of that number: its sign-ins, and its confirmations of these carts.
    #[must_use]
    pub fn subjects<'a>(
        &self,
        branch: BranchId,
        phone: &Phone,
        carts: impl IntoIterator<Item = &'a CartId>,
    ) -> Vec<Vec<u8>> {
        let own = [self.subject(branch, phone, Purpose::SignIn), self.all_carts(branch, phone)];
        let carts = carts.into_iter().map(|cart| self.subject(branch, phone, Purpose::Confirm(*cart)));
        own.into_iter().chain(carts).collect()
    }

    /// Under which the codes are counted that a number gets for carts.
    fn all_carts(&self, branch: BranchId, phone: &Phone) -> Vec<u8> {
        self.key.mac(&[b"subject", branch.0.as_bytes(), phone.as_str().as_bytes(), b"confirm"]).to_vec()
    }

    fn mac(&self, branch: BranchId, phone: &Phone, purpose: Purpose, code: &Code) -> [u8; 32] {
        let (branch, phone, code) =
            (branch.0.as_bytes(), phone.as_str().as_bytes(), code.as_str().as_bytes());
        match purpose {
            Purpose::SignIn => self.key.mac(&[b"code", branch, phone, b"sign-in", code]),
            Purpose::Confirm(cart) => {
                self.key.mac(&[b"code", branch, phone, b"confirm", cart.0.as_bytes(), code])
            }
        }
    }

    async fn standing(&self, branch: BranchId, subject: &[u8]) -> Result<Option<Standing>, StoreError> {
        let found = Select::of(&CODES, branch).is("subject", subject.to_vec());
        self.ledger.select(&found).await?.into_iter().next().map(read).transpose()
    }

    /// Stores what follows, if everything still is as it was before.
    async fn put(
        &self,
        branch: BranchId,
        subject: &[u8],
        before: Option<&Standing>,
        next: Standing,
    ) -> Result<bool, StoreError> {
        let row = cells(branch, subject, &next);
        let Some(before) = before else {
            self.ledger.insert_new(&CODES, row).await?;
            return Ok(self.standing(branch, subject).await?.as_ref() == Some(&next));
        };
        let change = Change::replace(&CODES, row).is("version", before.version);
        Ok(0 < self.ledger.change(change).await?)
    }
}

fn contended() -> StoreError {
    StoreError::saying("too many ask for codes of one number at once")
}

fn cells(branch: BranchId, subject: &[u8], standing: &Standing) -> Vec<Cell> {
    vec![
        branch.into(),
        subject.to_vec().into(),
        standing.mac.to_vec().into(),
        micros(standing.issued_at).into(),
        standing.tries.into(),
        standing.day.into(),
        standing.issued_that_day.into(),
        standing.version.into(),
    ]
}

fn read(row: Vec<Cell>) -> Result<Standing, StoreError> {
    let mut cells = Cells::of(row);
    let _branch: BranchId = cells.id()?;
    let _subject = cells.bytes()?;
    let mac = cells.bytes()?;
    Ok(Standing {
        mac: mac.try_into().map_err(|_| StoreError::saying("a code's MAC has not 32 bytes"))?,
        issued_at: from_micros(cells.int()?),
        tries: cells.int()?,
        day: cells.int()?,
        issued_that_day: cells.int()?,
        version: cells.int()?,
    })
}

impl fmt::Debug for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Codes(…)")
    }
}
