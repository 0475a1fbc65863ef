//! What a save of settings changed, in the reader's language.

use aggregates::appearance::Scheme;
use aggregates::booking_link::{Field, Kind};
use aggregates::branch::Duplicates;
use aggregates::change_rules::ChangeRule;
use aggregates::values::{MultipleEventBooking, MultipleSpots, Notice};
use projections::settings::{Change, Setting, What};

use crate::web::pages::language::Language;

impl Language {
    /// "Multiple event booking: was off, now up to 4 events".
    #[must_use]
    pub fn change(self, change: &Change) -> String {
        let what = self.what(change.what);
        let value = |it: &Option<Setting>| it.as_ref().map(|it| self.setting(it));
        let is = value(&change.is).unwrap_or_else(|| self.say("none"));
        match value(&change.was) {
            Some(was) => self
                .say_with("change-was-now", [("what", what.into()), ("was", was.into()), ("is", is.into())]),
            None => self.say_with("change-now", [("what", what.into()), ("is", is.into())]),
        }
    }

    fn what(self, what: What) -> String {
        self.say(match what {
            What::Kind => "kind",
            What::Name => "name",
            What::ClientsCanBook => "clients-can-book-here",
            What::Services => "services",
            What::TeamMembers => "team-members",
            What::Earliest => "earliest",
            What::Latest => "latest",
            What::MultipleEvents => "multiple-event-booking",
            What::Email => "email",
            What::Comment => "comment",
            What::PhoneCode => "phone-code",
            What::Consent => "consent-text",
            What::Accent => "colour",
            What::Scheme => "light-or-dark",
            What::Language => "language",
            What::Sites => "sites",
            What::TimeZone => "time-zone",
            What::Country => "country",
            What::Address => "address",
            What::Phone => "phone",
            What::Prepayment => "online-prepayment",
            What::MultipleSpots => "multiple-spots",
            What::Cancelling => "clients-can-cancel",
            What::Rescheduling => "clients-can-reschedule",
            What::Duplicates => "same-client-twice",
            What::Reminders => "reminders",
            What::Service => "service",
            What::TeamMember => "team-member",
        })
    }

    fn setting(self, setting: &Setting) -> String {
        self.say(match setting {
            Setting::Text(text) => return text.clone(),
            Setting::Only(names) if !names.is_empty() => return names.join(", "),
            Setting::Only(_) => "none",
            Setting::All => "all",
            Setting::Kind(kind) => return self.kind(*kind),
            Setting::Until(notice) => return self.before(*notice),
            Setting::Ahead(horizon) => {
                return self.say_with("days-ahead", [("n", horizon.get().into())]);
            }
            Setting::MultipleEvents(MultipleEventBooking::UpTo(max)) => {
                return self.say_with("up-to-events", [("n", max.get().into())]);
            }
            Setting::MultipleSpots(MultipleSpots::UpTo(limit)) => {
                return self.say_with("up-to-spots", [("n", limit.get().into())]);
            }
            Setting::Rule(rule) => return self.change_rule(*rule),
            Setting::MultipleEvents(MultipleEventBooking::Off)
            | Setting::MultipleSpots(MultipleSpots::Off)
            | Setting::On(false)
            | Setting::Field(Field::Off) => "off",
            Setting::On(true) => "on",
            Setting::Yes(true) => "yes",
            Setting::Yes(false) => "no",
            Setting::Field(Field::Optional) => "optional",
            Setting::Field(Field::Required) => "required",
            Setting::Duplicates(Duplicates::Refuse) => "refused",
            Setting::Duplicates(Duplicates::Allow) => "allowed",
            Setting::Scheme(Scheme::ByDevice) => "by-device",
            Setting::Scheme(Scheme::Light) => "light",
            Setting::Scheme(Scheme::Dark) => "dark",
            Setting::ByBrowser => "by-browser",
            Setting::AnySite => "any-site",
        })
    }

    fn kind(self, kind: Kind) -> String {
        let kind = match kind {
            Kind::Individual => "individual",
            Kind::Group => "group",
            Kind::Mixed => "mixed",
        };
        self.say_with("of-kind", [("kind", kind.into())])
    }

    fn change_rule(self, rule: ChangeRule) -> String {
        let name = match (rule.allowed, rule.notice == Notice::MIN) {
            (true, _) => "yes-until",
            (false, true) => return self.say("no"),
            (false, false) => "no-until",
        };
        self.say_with(name, [("until", self.before(rule.notice).into())])
    }

    fn before(self, notice: Notice) -> String {
        const HOUR: u32 = 60;
        match notice.get() {
            0 => self.say("the-start"),
            minutes if minutes % HOUR == 0 => self.say_with("hours-before", [("n", (minutes / HOUR).into())]),
            minutes => self.say_with("minutes-before", [("n", minutes.into())]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Vec<Setting> {
        let notice = |minutes: u32| Notice::try_from(minutes).unwrap();
        let rule = |allowed, minutes| Setting::Rule(ChangeRule { allowed, notice: notice(minutes) });
        vec![
            Setting::Only(vec![]),
            Setting::All,
            Setting::Kind(Kind::Individual),
            Setting::Kind(Kind::Group),
            Setting::Kind(Kind::Mixed),
            Setting::Until(notice(0)),
            Setting::Until(notice(60)),
            Setting::Until(notice(90)),
            Setting::Ahead(365_u32.try_into().unwrap()),
            Setting::MultipleEvents(MultipleEventBooking::Off),
            Setting::MultipleEvents(MultipleEventBooking::UpTo(4_u32.try_into().unwrap())),
            Setting::MultipleSpots(MultipleSpots::Off),
            Setting::MultipleSpots(MultipleSpots::UpTo(4_u32.try_into().unwrap())),
            rule(true, 0),
            rule(true, 1440),
            rule(false, 0),
            rule(false, 1440),
            Setting::On(true),
            Setting::On(false),
            Setting::Yes(true),
            Setting::Yes(false),
            Setting::Field(Field::Off),
            Setting::Field(Field::Optional),
            Setting::Field(Field::Required),
            Setting::Duplicates(Duplicates::Refuse),
            Setting::Duplicates(Duplicates::Allow),
        ]
    }

    fn changes() -> impl Iterator<Item = Change> {
        let whats = [
            What::Kind,
            What::Name,
            What::ClientsCanBook,
            What::Services,
            What::TeamMembers,
            What::Earliest,
            What::Latest,
            What::MultipleEvents,
            What::Email,
            What::Comment,
            What::PhoneCode,
            What::Consent,
            What::TimeZone,
            What::Country,
            What::Address,
            What::Phone,
            What::Prepayment,
            What::MultipleSpots,
            What::Cancelling,
            What::Rescheduling,
            What::Duplicates,
            What::Reminders,
            What::Service,
            What::TeamMember,
        ];
        let of = |what, was, is| Change { what, of: None, was, is };
        let each = whats.into_iter().map(move |what| of(what, None, Some(Setting::All)));
        each.chain(settings().into_iter().flat_map(move |it| {
            [of(What::Name, Some(it.clone()), None), of(What::Name, Some(Setting::All), Some(it))]
        }))
    }

    #[test]
    fn s_43_in_english_a_page_says_what_programs_are_told() {
        for change in changes() {
            assert_eq!(Language::English.change(&change), change.to_string());
        }
    }

    #[test]
    fn s_43_what_was_changed_is_said_in_the_readers_language() {
        let change = Change {
            what: What::Cancelling,
            of: None,
            was: Some(Setting::Rule(ChangeRule { allowed: true, notice: Notice::MIN })),
            is: Some(Setting::Rule(ChangeRule { allowed: true, notice: 120_u32.try_into().unwrap() })),
        };

        assert_eq!(
            Language::German.change(&change),
            "Online absagen erlaubt: bisher ja, bis zum Beginn; jetzt ja, bis 2 Stunden vor Beginn"
        );
        assert_eq!(
            Language::Russian.change(&change),
            "Клиенты могут отменять: было — да, крайний срок — начало занятия; стало — да, крайний срок — за 2 часа до начала"
        );
    }
}
