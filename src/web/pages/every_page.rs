//! Every page in a language, with as much on it as it can say.

use aggregates::Obstacle;
use aggregates::appointment::By;
use aggregates::booking_link::{Field, Kind, Settings};
use aggregates::branch::{MembershipBooking, Rules};
use aggregates::cart::CartTerms;
use aggregates::ids::{AppointmentId, BranchId, LinkId};
use askama::Template;
use projections::settings::{Change, Setting, What};
use uuid::Uuid;

use super::appointment::{
    AppointmentPage, CancelPage, Panel, ReschedulePage, Rule, SpotsPage, State, Target,
};
use super::contact::{ContactPage, Fix, Line, Refused, Typed, Way};
use super::dates::Calendar;
use super::event_list::{Closed, Event, EventList};
use super::event_page::{EventPage, NotOffered};
use super::form::Choice;
use super::language::Language;
use super::problem::Problems;
use super::result::ResultPage;
use super::samples;
use super::shell::{Along, Shell, StaffShell};
use super::sorry::{Next, SorryPage};
use super::staff::{journal, settings};

/// Pages with their names.
pub(super) type Pages = Vec<(&'static str, String)>;

/// All of them.
pub(super) fn every_page(language: Language) -> Pages {
    let of = InLanguage(language);
    [of.lists(), of.event_pages(), of.contacts(), of.mine(), of.sorry(), of.journal(), of.settings()].concat()
}

struct InLanguage(Language);

fn written(page: &impl Template) -> String {
    page.render().unwrap()
}

impl InLanguage {
    fn shell(&self) -> Shell {
        Shell { language: self.0, ..samples::shell() }
    }

    fn calendar(&self) -> Calendar {
        Calendar { language: self.0, ..samples::calendar() }
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.add(self.0.say("please-check"), "dates");
        problems
    }

    fn lists(&self) -> Pages {
        let event = |n: u32, free| Event {
            activity: samples::activity(n.into()),
            service: "Yoga".to_owned(),
            team_member: "Sofie".to_owned(),
            starts: self.calendar().at(samples::starts(n)),
            minutes: 60,
            free,
            price: samples::price(),
        };
        let choice = Choice { value: "1".to_owned(), name: "Yoga".to_owned(), chosen: true };
        let list = EventList {
            shell: self.shell(),
            calendar: self.calendar(),
            events: vec![event(0, 0), event(1, 1), event(2, 9)],
            services: vec![choice.clone()],
            team: vec![],
            from: String::new(),
            filtered: false,
            next: Some(self.shell().all_events()),
            closed: None,
        };
        let empty = EventList { events: vec![], ..list.clone() };
        vec![
            ("list", written(&list)),
            ("list, sold out", written(&EventList { events: vec![event(0, 0)], ..list.clone() })),
            ("list, nothing found", written(&EventList { filtered: true, ..empty.clone() })),
            ("list, empty", written(&empty)),
            ("list, closed", written(&EventList { closed: Some(Closed::Link), ..list.clone() })),
            ("list, individual", written(&EventList { closed: Some(Closed::Individual), ..list })),
        ]
    }

    fn event_pages(&self) -> Pages {
        let page = |similar, query: &str| EventPage {
            shell: self.shell(),
            calendar: self.calendar(),
            ..samples::event_page(similar, query)
        };
        let all = (0..=8).map(|n| format!("event=@{n}")).collect::<Vec<_>>().join("&");
        let mut troubled = page(30, &format!("like=@0&{all}&each=1&spots=9&all=1"));
        let moved = Obstacle::ActivityMoved { was: samples::starts(1), is: samples::starts(2) };
        let obstacles = [
            moved,
            Obstacle::ActivityCancelled,
            Obstacle::BookingClosed,
            Obstacle::AlreadyBooked,
            Obstacle::NotOffered,
        ];
        for (date, obstacle) in troubled.similar.iter_mut().zip(obstacles) {
            date.obstacle = Some(obstacle);
        }
        troubled.similar[5].free = 0;
        troubled.similar[6].free = 1;
        troubled.similar[6].ends_at += chrono::TimeDelta::minutes(30);
        (troubled.max_events, troubled.continued, troubled.mixed) = (4, true, true);
        let mut nothing = page(4, "like=@0&dow=7");
        nothing.continued = true;
        let mut full = page(0, "event=@0");
        full.opened.free = 0;
        let mut few = page(6, "like=@0&event=@0&event=@1&spots=3");
        (few.similar[1].free, few.similar[2].free) = (0, 1);
        vec![
            ("event", written(&page(9, "event=@0"))),
            ("event, all", written(&page(30, "like=@0&event=@0&event=@1&all=1"))),
            ("event, troubled", written(&troubled)),
            ("event, nothing ticked", written(&nothing)),
            ("event, full", written(&full)),
            ("event, few", written(&few)),
            ("event, not offered", written(&NotOffered { shell: self.shell() })),
        ]
    }

    fn contacts(&self) -> Pages {
        let language = self.0;
        let line = |n, cancel_until, trouble| Line {
            activity: samples::activity(n),
            starts: self.calendar().at(samples::starts(0)),
            spots: 2,
            cancel_until,
            trouble,
        };
        let until = Some(self.calendar().at(samples::starts(0)));
        let name = "Yoga".to_owned().try_into().unwrap();
        let link = aggregates::booking_link::Settled {
            kind: Kind::Group,
            settings: Settings::named(name),
            consent_version: 1,
        };
        let page = ContactPage {
            shell: self.shell(),
            calendar: self.calendar(),
            capability: "x".to_owned(),
            service: "Yoga".to_owned(),
            team_member: "Sofie".to_owned(),
            price: samples::price(),
            max_spots: 4,
            lines: vec![
                line(1, until, None),
                line(2, None, None),
                line(3, None, Some(language.say("line-closed"))),
            ],
            typed: Typed::default(),
            terms: CartTerms::new(&Rules::default(), &link, samples::starts(0)),
            email: Field::Optional,
            comment: Field::Optional,
            membership: MembershipBooking::Optional,
            consent: None,
            key: String::new(),
            seen: String::new(),
            cancels_online: true,
            refused: None,
            problems: Problems::default(),
        };
        let refused = Refused {
            sentences: vec![language.say("selection-expired")],
            fixes: vec![Fix {
                name: "fix",
                value: "drop".to_owned(),
                label: language.book_the_others(2),
                leads_to_selection: false,
            }],
            ways: vec![Way { address: self.shell().all_events(), label: language.say("choose-again") }],
            failed: vec![],
        };
        let other = ContactPage {
            email: Field::Required,
            comment: Field::Required,
            membership: MembershipBooking::Required,
            cancels_online: false,
            refused: Some(refused),
            problems: self.problems(),
            ..page.clone()
        };
        vec![("contact", written(&page)), ("contact, refused", written(&other))]
    }

    fn panel(&self, state: State, cancelling: Rule, rescheduling: Rule) -> Panel {
        let starts = self.calendar().at(samples::starts(0));
        Panel {
            capability: "x".to_owned(),
            service: "Yoga".to_owned(),
            team_member: "Sofie".to_owned(),
            starts,
            ends: self.calendar().at(samples::starts(0) + chrono::TimeDelta::hours(1)),
            spots: 2,
            reference: "7Q4".to_owned(),
            google: "https://calendar.google.com".to_owned(),
            state,
            cancelling,
            rescheduling,
            moved_from: Some(starts),
            replaced: true,
        }
    }

    fn mine(&self) -> Pages {
        let (language, at) = (self.0, self.calendar().at(samples::starts(0)));
        let open = self.panel(State::Booked, Rule::Until(at), Rule::Until(at));
        let ended = self.panel(State::Booked, Rule::EndedOn(at), Rule::EndedOn(at));
        let off = self.panel(State::Booked, Rule::Off, Rule::Off);
        let by_studio = self.panel(State::Cancelled(By::Studio, at), Rule::Off, Rule::Off);
        let by_client = self.panel(State::Cancelled(By::Client, at), Rule::Off, Rule::Off);
        let over = self.panel(State::Over, Rule::Off, Rule::Off);
        let result = ResultPage {
            shell: self.shell(),
            calendar: self.calendar(),
            capability: "x".to_owned(),
            appointments: vec![open.clone(), ended, off, by_studio, by_client.clone(), over],
            open: 1,
            refused: vec![language.say("why-sold-out")],
        };
        let appointment = AppointmentPage {
            shell: self.shell(),
            panel: by_client.clone(),
            done: Some(language.of_date("date-cancelled", at)),
            refused: Some(language.say("nothing-changed")),
            again: Some(self.shell().all_events()),
        };
        let date = Target { activity: samples::activity(1), starts: at, free: 1 };
        let reschedule = ReschedulePage {
            shell: self.shell(),
            calendar: self.calendar(),
            panel: open.clone(),
            dates: vec![date],
            problems: self.problems(),
        };
        let none = ResultPage { appointments: vec![by_client], ..result.clone() };
        let spots = SpotsPage { shell: self.shell(), panel: open.clone(), problems: self.problems() };
        vec![
            ("result", written(&result)),
            ("result, none left", written(&none)),
            ("appointment", written(&appointment)),
            ("cancel", written(&CancelPage { shell: self.shell(), panel: open })),
            ("reschedule", written(&reschedule)),
            ("reschedule, nowhere", written(&ReschedulePage { dates: vec![], ..reschedule })),
            ("spots", written(&spots)),
        ]
    }

    fn sorry(&self) -> Pages {
        let language = self.0;
        let page = SorryPage {
            heading: language.say("opens-nothing"),
            text: language.say("cut-off"),
            next: Some(Next::Link {
                address: "/".to_owned(),
                label: language.say("open-in-new-tab"),
                new_tab: true,
            }),
            studio: Some(self.shell().studio),
            language,
            along: Along::default(),
            request: "7".to_owned(),
        };
        vec![("sorry", written(&page))]
    }

    fn staff_shell(&self) -> StaffShell {
        StaffShell {
            branch_name: "Riverside Studio".to_owned(),
            branch: BranchId(Uuid::nil()),
            language: self.0,
            along: Along::default(),
        }
    }

    fn journal(&self) -> Pages {
        let at = self.calendar().at(samples::starts(0));
        let event = |taken: u32, cancelled, open| journal::Event {
            activity: samples::activity(taken.into()),
            service: "Yoga".to_owned(),
            team_member: "Sofie".to_owned(),
            starts: at,
            ends: at,
            taken,
            capacity: 9,
            cancelled,
            open,
        };
        let row = |n, cancelled| journal::Row {
            appointment: AppointmentId(Uuid::from_u128(n)),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            spots: 1,
            booked: at,
            cancelled,
            version: 1,
        };
        let day = journal::JournalPage {
            shell: self.staff_shell(),
            calendar: self.calendar(),
            day: self.calendar().today(),
            events: vec![
                event(7, false, false),
                event(9, false, true),
                event(10, false, true),
                event(0, true, true),
            ],
            next_with_events: None,
        };
        let empty = journal::JournalPage {
            events: vec![],
            next_with_events: Some(self.calendar().today()),
            ..day.clone()
        };
        let one = journal::JournalEventPage {
            shell: self.staff_shell(),
            event: event(7, false, true),
            appointments: vec![row(1, None), row(2, Some(self.0.say("cancelled-by-client")))],
            targets: vec![(samples::activity(1), "Yoga".to_owned())],
            told: Some(self.0.say("appointment-was-moved")),
            problems: self.problems(),
        };
        let none = journal::JournalEventPage { appointments: vec![], ..one.clone() };
        vec![
            ("journal", written(&day)),
            ("journal, empty", written(&empty)),
            ("journal of an event", written(&one)),
            ("journal of an event, empty", written(&none)),
        ]
    }

    fn settings(&self) -> Pages {
        let language = self.0;
        let line = |kind| settings::LinkLine {
            link: LinkId(Uuid::nil()),
            name: "Yoga".to_owned(),
            kind,
            multiple: language.say("multiple-paused"),
        };
        let links = settings::LinksPage {
            shell: self.staff_shell(),
            links: [Kind::Individual, Kind::Group, Kind::Mixed].map(line).into(),
            problems: self.problems(),
        };
        let change = Change { what: What::Services, of: None, was: Some(Setting::All), is: None };
        let save = settings::SaveLine {
            at: self.calendar().at(samples::starts(0)),
            who: language.say("who-staff"),
            changes: vec![language.change(&change)],
        };
        let choice = Choice { value: "1".to_owned(), name: "Sofie".to_owned(), chosen: true };
        let link = settings::LinkSettingsPage {
            shell: self.staff_shell(),
            link: LinkId(Uuid::nil()),
            kind: Kind::Group,
            name: "Yoga".to_owned(),
            active: true,
            services: vec![],
            team: vec![choice],
            lead_hours: "0".to_owned(),
            horizon_days: "365".to_owned(),
            allow_multiple: true,
            max_events: "4".to_owned(),
            email: Field::Optional,
            comment: Field::Off,
            consent: String::new(),
            version: 1,
            prepayment: true,
            saved: Some(language.say("saved")),
            saves: vec![save.clone()],
            problems: self.problems(),
        };
        let rule = settings::ChangeRuleFields { allowed: true, hours: "24".to_owned() };
        let rules = settings::BranchRulesPage {
            shell: self.staff_shell(),
            prepayment: true,
            several_spots: true,
            max_spots: "4".to_owned(),
            cancelling: rule.clone(),
            rescheduling: rule,
            allow_duplicates: true,
            version: 1,
            paused_links: 1,
            saved: Some(language.say("nothing-to-save")),
            saves: vec![save],
            problems: self.problems(),
        };
        vec![
            ("links", written(&links)),
            ("links, none", written(&settings::LinksPage { links: vec![], ..links })),
            ("link", written(&link)),
            ("rules", written(&rules)),
        ]
    }
}
