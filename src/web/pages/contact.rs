//! W3: type once, see exactly what will be booked, confirm once.

use aggregates::booking_link::Field;
use aggregates::branch::MembershipBooking;
use aggregates::cart::CartTerms;
use aggregates::ids::ActivityId;
use askama::Template;

use super::dates::{Calendar, Moment};
use super::form::Pairs;
use super::problem::Problems;
use super::shell::Shell;
use super::urls::{self, Address};
use super::words::Price;

/// What a client typed; given back with every answer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub comment: String,
    pub membership: bool,
    /// Agreed to the consent text of this version.
    pub consent: Option<u32>,
}

/// Never shows a person: debug output goes to logs.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    /// Reads what a form sent.
    #[must_use]
    pub fn parse(pairs: &Pairs) -> Self {
        Self {
            name: pairs.text("name"),
            phone: pairs.text("phone"),
            email: pairs.text("email"),
            comment: pairs.text("comment"),
            membership: pairs.is_on("membership"),
            consent: pairs.is_on("consent").then(|| pairs.read("consent_version")).flatten(),
        }
    }

    /// As hidden fields, while the selection is edited.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let on = |yes: bool| if yes { "1".to_owned() } else { String::new() };
        [
            ("name", self.name.clone()),
            ("phone", self.phone.clone()),
            ("email", self.email.clone()),
            ("comment", self.comment.clone()),
            ("membership", on(self.membership)),
            ("consent", on(self.consent.is_some())),
            ("consent_version", self.consent.map_or_else(String::new, |version| version.to_string())),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }
}

/// Contact details beside what they are for.
#[derive(Debug, Clone, Template)]
#[template(path = "contact.html")]
pub struct ContactPage {
    pub shell: Shell,
    pub calendar: Calendar,
    pub capability: String,
    pub service: String,
    pub team_member: String,
    pub price: Price,
    pub max_spots: u8,
    /// What is selected, by start.
    pub lines: Vec<Line>,
    pub typed: Typed,
    /// What the link asks for at this moment.
    pub terms: CartTerms,
    pub email: Field,
    pub comment: Field,
    pub membership: MembershipBooking,
    /// Version and text of what has to be agreed to.
    pub consent: Option<(u32, String)>,
    /// The idempotency key; kept when this page answers a refusal.
    pub key: String,
    /// What is shown, as it goes back with the confirmation.
    pub seen: String,
    /// Whether clients can cancel online at all.
    pub cancels_online: bool,
    pub refused: Option<Refused>,
    pub problems: Problems,
    /// Somebody came back to change the number.
    pub at_the_number: bool,
}

/// One selected date.
#[derive(Debug, Clone)]
pub struct Line {
    pub activity: ActivityId,
    pub starts: Moment,
    pub spots: u8,
    /// Until when it can be cancelled online; `None` if it cannot, or the time has passed.
    pub cancel_until: Option<Moment>,
    /// Why it cannot be booked, if it cannot.
    pub trouble: Option<String>,
}

/// Why nothing was booked, and what would help.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    pub sentences: Vec<String>,
    pub fixes: Vec<Fix>,
    /// Where else to go on.
    pub ways: Vec<Way>,
    /// What could not be booked, for *Book the other dates*.
    pub failed: Vec<ActivityId>,
}

/// A button that posts the same form with one more field.
#[derive(Debug, Clone)]
pub struct Fix {
    pub name: &'static str,
    pub value: String,
    pub label: String,
    /// Posts to the page of the selection instead, as the pencil does.
    pub leads_to_selection: bool,
}

/// A link that leaves this selection behind.
#[derive(Debug, Clone)]
pub struct Way {
    pub address: Address,
    pub label: String,
}

impl ContactPage {
    fn action(&self) -> Address {
        urls::cart(&self.capability)
    }

    fn change(&self) -> Address {
        urls::selection(&self.capability)
    }

    /// "2 dates, 4 spots in all".
    fn in_all(&self) -> String {
        let spots: usize = self.lines.iter().map(|line| usize::from(line.spots)).sum();
        let language = self.shell.language;
        let (dates, spots) = (language.dates_count(self.lines.len()), language.spots_count(spots));
        language.say_with("in-all", [("dates", dates.into()), ("spots", spots.into())])
    }

    fn place(&self) -> String {
        let language = self.shell.language;
        let price =
            if 1 < self.max_spots { self.price.note_per_spot(language) } else { self.price.note(language) };
        [self.shell.studio.address.clone(), price].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn trouble(&self, field: &str) -> Option<&str> {
        self.problems.of(field)
    }

    fn needs_membership(&self) -> String {
        let service = self.service.as_str();
        self.shell.language.say_with("needs-membership", [("service", service.into())])
    }

    fn nothing_if_one_full(&self) -> String {
        self.shell.language.nothing_if_one_full(self.lines.len())
    }

    fn asks_email(&self) -> bool {
        self.email != Field::Off
    }

    fn asks_comment(&self) -> bool {
        self.comment != Field::Off
    }

    /// Agreed to the text that this page shows.
    fn agreed(&self) -> bool {
        self.consent.as_ref().is_some_and(|(version, _)| self.typed.consent == Some(*version))
    }

    fn is_refused(&self) -> bool {
        self.refused.is_some() || !self.problems.is_empty()
    }
}
