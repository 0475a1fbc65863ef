use aggregates::Obstacle;
use aggregates::booking_link::{Field, Kind, Settings};
use aggregates::branch::{MembershipBooking, Rules};
use aggregates::cart::CartTerms;

use super::{InLanguage, Pages, written};
use crate::web::pages::code_step::CodeStep;
use crate::web::pages::contact::{ContactPage, Fix, Line, Refused, Typed, Way};
use crate::web::pages::event_list::{Closed, Event, EventList};
use crate::web::pages::event_page::{EventPage, NotOffered};
use crate::web::pages::form::Choice;
use crate::web::pages::problem::Problems;
use crate::web::pages::samples;

impl InLanguage {
    pub(super) fn lists(&self) -> Pages {
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

    pub(super) fn event_pages(&self) -> Pages {
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

    pub(super) fn contacts(&self) -> Pages {
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
        let settled = aggregates::booking_link::Settled {
            kind: Kind::Group,
            settings: Settings::named(name),
            consent_version: 1,
            appearance: aggregates::appearance::Appearance::default(),
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
            terms: CartTerms::new(&Rules::default(), &settled, samples::starts(0)),
            email: Field::Optional,
            comment: Field::Optional,
            membership: MembershipBooking::Optional,
            consent: None,
            key: String::new(),
            seen: String::new(),
            cancels_online: true,
            refused: None,
            problems: Problems::default(),
            at_the_number: false,
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
        let typed = Typed { name: "Anna Berg".to_owned(), comment: "...".to_owned(), ..Typed::default() };
        let asked = CodeStep::after(page.clone(), typed, "030 23125 014".to_owned());
        let mut problems = Problems::default();
        problems.add(language.account_wrong_code(4), "code");
        problems.add(language.account_wait(20), "again");
        let troubled = CodeStep { wait: Some(20), problems, ..asked.clone() };
        let again = CodeStep { again: true, ..asked.clone() };
        let numbers = ContactPage { at_the_number: true, ..page.clone() };
        vec![
            ("contact", written(&page)),
            ("contact, refused", written(&other)),
            ("contact, to change the number", written(&numbers)),
            ("code step", written(&asked)),
            ("code step, another code", written(&again)),
            ("code step, wrong and too early", written(&troubled)),
        ]
    }
}
