use aggregates::activity::{
    ActivityCancelled, ActivityEvent, ActivityMoved, ActivityScheduled, BookingClosed, BookingOpened,
    CapacitySet, Plan, SpotsKept, SpotsReleased, SpotsTaken, TeamMemberReplaced,
};
use aggregates::appointment::Attendance;
use aggregates::ids::{AppointmentId, ClientId, ServiceId, TeamMemberId};
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::web::pages::form::Choice;
use crate::web::pages::samples;
use crate::web::pages::staff::journal::{
    Affected, Attendee, BookPage, BookedPage, ChangePage, Chosen, ClientPage, Control, DateBox, Event, Field,
    GrantForm, HistoryLine, HistoryPage, Hit, JournalEventPage, JournalPage, MembershipLine, Names, News,
    Person, PrintPage, Row, SearchPage, Stale, View,
};
use crate::web::pages::urls;

struct Anna;

impl Names for Anna {
    fn client(&self, _: AppointmentId) -> String {
        "Anna Berg".to_owned()
    }

    fn team_member(&self, _: TeamMemberId) -> String {
        "Sofie".to_owned()
    }
}

impl InLanguage {
    fn event(&self, taken: u32, cancelled: bool, open: bool) -> Event {
        let at = self.calendar().at(samples::starts(0));
        Event {
            activity: samples::activity(taken.into()),
            service: "Yoga".to_owned(),
            member_id: TeamMemberId(Uuid::nil()),
            team_member: "Sofie".to_owned(),
            starts: at,
            ends: at,
            taken,
            capacity: 9,
            cancelled,
            open,
        }
    }

    pub(super) fn journal(&self) -> Pages {
        [self.days(), self.one_event(), self.changes(), self.desk()].concat()
    }

    fn days(&self) -> Pages {
        let today = self.calendar().today();
        let day = JournalPage {
            shell: self.staff_shell(),
            calendar: self.calendar(),
            day: today,
            view: View::Day,
            member: Some(TeamMemberId(Uuid::nil())),
            team: vec![Choice { value: "1".to_owned(), name: "Sofie".to_owned(), chosen: true }],
            events: vec![
                self.event(7, false, false),
                self.event(9, false, true),
                self.event(10, false, true),
                self.event(0, true, true),
            ],
            next_with_events: None,
            news: News { since: 0, booked: 2 },
        };
        let empty = JournalPage { events: vec![], next_with_events: Some(today), ..day.clone() };
        let attendee = Attendee { name: "Anna Berg".to_owned(), phone: String::new(), spots: 2 };
        let sheet = PrintPage {
            shell: self.staff_shell(),
            calendar: self.calendar(),
            day: today,
            events: vec![(self.event(7, false, true), vec![attendee]), (self.event(0, false, true), vec![])],
        };
        vec![
            ("journal", written(&day)),
            ("journal of a week", written(&JournalPage { view: View::Week, ..day })),
            ("journal, empty", written(&empty)),
            ("journal of a week, empty", written(&JournalPage { view: View::Week, ..empty })),
            ("journal for paper", written(&sheet)),
            ("journal for paper, empty", written(&PrintPage { events: vec![], ..sheet })),
        ]
    }

    fn row(&self, n: u128, attendance: Option<Attendance>, cancelled: Option<String>) -> Row {
        let at = self.calendar().at(samples::starts(0));
        Row {
            appointment: AppointmentId(Uuid::from_u128(n)),
            client: ClientId(Uuid::nil()),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            comment: None,
            spots: 2,
            booked: at,
            booked_by_staff: true,
            together: vec![at.date()],
            attendance,
            cancelled,
        }
    }

    fn one_event(&self) -> Pages {
        let say = |name| self.0.say(name);
        let one = JournalEventPage {
            shell: self.staff_shell(),
            calendar: self.calendar(),
            event: self.event(7, false, false),
            version: 1,
            appointments: vec![
                self.row(1, None, None),
                self.row(2, None, Some(say("cancelled-by-client"))),
                self.row(3, Some(Attendance::Arrived), None),
                self.row(4, Some(Attendance::NoShow), None),
            ],
            others: vec![self.event(9, false, true)],
            told: Some(say("appointment-was-moved")),
            problems: self.problems(),
            news: News { since: 0, booked: 1 },
        };
        let none =
            JournalEventPage { appointments: vec![], event: self.event(0, false, true), ..one.clone() };
        let cancelled = JournalEventPage { event: self.event(0, true, true), ..none.clone() };
        let actors = ["client", "staff", "import", "demonstration", "user:"];
        let causes = [
            "confirm-multi-booking",
            "book-for-client",
            "cancel-appointment",
            "reschedule-appointment",
            "reduce-spots",
            "schedule-activities",
            "move-activity",
        ];
        let entries = facts().into_iter().enumerate().map(|(place, fact)| HistoryLine {
            at: self.calendar().at(samples::starts(0)),
            sentence: self.0.activity_fact(&fact, &Anna, &self.calendar()),
            who: self.0.actor(actors[place % actors.len()], None),
            why: self.0.cause(causes[place % causes.len()]),
        });
        let history = HistoryPage {
            shell: self.staff_shell(),
            event: self.event(7, false, true),
            entries: entries.collect(),
        };
        vec![
            ("journal of an event", written(&one)),
            ("journal of an event, empty", written(&none)),
            ("journal of an event, cancelled", written(&cancelled)),
            ("history of an event", written(&history)),
        ]
    }

    fn changes(&self) -> Pages {
        let say = |name| self.0.say(name);
        let field = |id, control| Field { id, label: say("date"), hint: Some(say("overbook")), control };
        let choice = || vec![Choice { value: "1".to_owned(), name: "Sofie".to_owned(), chosen: true }];
        let address = || urls::journal(self.staff_shell().branch);
        let affected = |phone: Option<&str>| Affected {
            name: "Anna Berg".to_owned(),
            phone: phone.map(str::to_owned),
            spots: 1,
            told: phone.is_some(),
        };
        let both = vec![affected(Some("1")), affected(None)];
        let page = ChangePage {
            shell: self.staff_shell(),
            heading: say("move-event"),
            of: "Yoga".to_owned(),
            back: address(),
            action: address(),
            version: 1,
            fields: vec![
                field("a", Control::Number { value: "1".to_owned(), min: 1, max: 2 }),
                field("b", Control::Date(String::new())),
                field("c", Control::Time(String::new())),
                field("d", Control::Select(choice())),
                field("e", Control::Dates(choice())),
                field("f", Control::Tick(true)),
            ],
            notes: vec![self.0.of_date("own-deadline", "1")],
            button: self.0.change_and_tell(say("move-event"), &both),
            affected: Some(both),
            anyway: Some(say("save-anyway")),
            keep: say("keep-it"),
            stale: None,
            problems: self.problems(),
        };
        let stale = Stale { theirs: "Yoga".to_owned(), yours: "Yoga".to_owned() };
        let stale = ChangePage { stale: Some(stale), affected: None, ..page.clone() };
        vec![("a change", written(&page)), ("a change that met another", written(&stale))]
    }

    fn desk(&self) -> Pages {
        let at = self.calendar().at(samples::starts(0));
        let hit = || Hit {
            activity: samples::activity(1),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            what: "Yoga".to_owned(),
            starts: at,
            spots: 1,
            cancelled: Some(self.0.say("cancelled-by-studio")),
        };
        let found = SearchPage {
            shell: self.staff_shell(),
            wanted: "Anna".to_owned(),
            hits: vec![hit(), hit()],
            more: false,
        };
        let membership =
            || MembershipLine { name: "Yoga".to_owned(), terms: self.0.say("membership-frozen") };
        let client = ClientPage {
            shell: self.staff_shell(),
            client: ClientId(Uuid::nil()),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            is_known: true,
            done: Some(self.0.say("membership-granted")),
            memberships: vec![membership()],
            saves: vec![],
            grant: Some(GrantForm {
                membership: aggregates::ids::MembershipId(Uuid::nil()),
                name: String::new(),
                services: vec![],
                visits: String::new(),
                last_day: String::new(),
            }),
            appointments: vec![hit()],
            problems: self.problems(),
        };
        let person = Person {
            client: ClientId(Uuid::nil()),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            memberships: vec![membership()],
        };
        let date = DateBox {
            activity: samples::activity(1),
            starts: at,
            counts: self.0.say_with("full-of", [("n", 9.into()), ("max", 9.into())]),
            ticked: true,
        };
        let overbooks = [("date", at.date().into()), ("n", 10.into()), ("max", 9.into())];
        let book = BookPage {
            shell: self.staff_shell(),
            wanted: String::new(),
            searched: true,
            people: vec![person],
            client: Chosen::Known(ClientId(Uuid::nil())),
            name: String::new(),
            phone: String::new(),
            like: Some((samples::activity(1), "Yoga".to_owned())),
            dates: vec![date],
            events: vec![],
            spots: "1".to_owned(),
            comment: String::new(),
            offers_membership: true,
            with_membership: false,
            force: false,
            overbooks: vec![self.0.say_with("would-have-taken", overbooks)],
            key: String::new(),
            problems: self.problems(),
        };
        let first =
            BookPage { like: None, events: vec![(samples::activity(1), "Yoga".to_owned())], ..book.clone() };
        let booked = BookedPage {
            shell: self.staff_shell(),
            client: "Anna Berg".to_owned(),
            dates: vec![(samples::activity(1), at, "Yoga".to_owned())],
        };
        vec![
            ("found", written(&found)),
            ("found, some", written(&SearchPage { more: true, ..found.clone() })),
            ("found, nobody", written(&SearchPage { hits: vec![], ..found })),
            ("a client", written(&client)),
            (
                "a client, new",
                written(&ClientPage {
                    memberships: vec![],
                    appointments: vec![],
                    grant: None,
                    ..client.clone()
                }),
            ),
            ("a client, erased", written(&ClientPage { is_known: false, grant: None, ..client })),
            ("book for a client", written(&book)),
            ("book for a new client", written(&BookPage { people: vec![], client: Chosen::New, ..book })),
            ("book, which event", written(&first)),
            ("book, no event", written(&BookPage { events: vec![], ..first })),
            ("booked for a client", written(&booked)),
        ]
    }
}

fn facts() -> Vec<ActivityEvent> {
    let [appointment_id, other] = [1, 2].map(|n| AppointmentId(Uuid::from_u128(n)));
    let (client_id, spots) = (ClientId(Uuid::nil()), 2_u32.try_into().unwrap());
    let (starts_at, duration) = (samples::starts(0), 60_u32.try_into().unwrap());
    let member = TeamMemberId(Uuid::nil());
    let capacity = 9_u32.try_into().unwrap();
    let plan = Plan {
        service_id: ServiceId(Uuid::nil()),
        team_member_id: member,
        starts_at,
        duration,
        capacity,
        open: true,
    };
    vec![
        ActivityScheduled { plan }.into(),
        CapacitySet { capacity }.into(),
        ActivityMoved { was: starts_at, starts_at, duration }.into(),
        ActivityCancelled {}.into(),
        TeamMemberReplaced { was: member, team_member_id: member }.into(),
        BookingOpened {}.into(),
        BookingClosed {}.into(),
        SpotsTaken { appointment_id, client_id, spots, overbooked: false }.into(),
        SpotsTaken { appointment_id: other, client_id, spots, overbooked: true }.into(),
        SpotsReleased { appointment_id, spots }.into(),
        SpotsKept { appointment_id, was: spots, spots }.into(),
    ]
}
