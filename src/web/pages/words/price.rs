//! What a date costs, and where it is paid.

use aggregates::branch::MembershipBooking;
use aggregates::values::Money;

use crate::web::pages::language::Language;

/// How a date is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    pub amount: Option<Money>,
    pub membership: MembershipBooking,
    /// Has to be paid online before the visit.
    pub prepaid: bool,
}

impl Price {
    /// "15 EUR at the studio", "membership"; nothing if nothing is known.
    #[must_use]
    pub fn note(self, language: Language) -> Option<String> {
        self.told(language, "price")
    }

    /// "15 EUR per spot at the studio".
    #[must_use]
    pub fn note_per_spot(self, language: Language) -> Option<String> {
        self.told(language, "price-per-spot")
    }

    fn told(self, language: Language, name: &str) -> Option<String> {
        if self.membership == MembershipBooking::Required {
            return Some(language.say("membership"));
        }
        let paid = if self.prepaid { "online" } else { "studio" };
        let told = |amount: Money| {
            language.say_with(name, [("amount", amount.to_string().into()), ("paid", paid.into())])
        };
        self.amount.map(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_required_membership_takes_the_place_of_the_price() {
        let amount = Some(Money { minor: 1500, currency: "EUR".to_owned().try_into().unwrap() });
        let price = |membership| Price { amount, membership, prepaid: false };

        assert_eq!(price(MembershipBooking::Required).note(Language::English).as_deref(), Some("membership"));
        assert_eq!(
            price(MembershipBooking::Off).note(Language::English).as_deref(),
            Some("15 EUR at the studio")
        );
        assert_eq!(
            price(MembershipBooking::Optional).note_per_spot(Language::English).as_deref(),
            Some("15 EUR per spot at the studio")
        );
    }
}
