use aggregates::appointment::By;

use super::{InLanguage, Pages, written};
use crate::messages::{About, Confirmation};
use crate::messenger::Way;
use crate::web::pages::appointment::{
    AppointmentPage, CancelPage, Door, Panel, ReschedulePage, Rule, SpotsPage, State, Target,
};
use crate::web::pages::letters::{Letter, LetterDate};
use crate::web::pages::result::ResultPage;
use crate::web::pages::samples;
use crate::web::pages::shell::Along;
use crate::web::pages::sorry::{Next, SorryPage};
use crate::web::pages::words::telling::Told;

impl InLanguage {
    pub(super) fn panel(&self, state: State, cancelling: Rule, rescheduling: Rule) -> Panel {
        let starts = self.calendar().at(samples::starts(0));
        Panel {
            door: Door::Capability("x".to_owned()),
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

    pub(super) fn mine(&self) -> Pages {
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
            told: None,
        };
        let told = |way, arrived| {
            let contact = samples::contact();
            let told = Some(language.told_details(Confirmation { way, arrived }, &contact));
            written(&ResultPage { told, ..result.clone() })
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
            ("result, mail on its way", told(Way::Mail, false)),
            ("result, mailed", told(Way::Mail, true)),
            ("result, text on its way", told(Way::Text, false)),
            ("result, texted", told(Way::Text, true)),
            ("letter", written(&self.letter())),
            ("result, none left", written(&none)),
            ("appointment", written(&appointment)),
            ("cancel", written(&CancelPage { shell: self.shell(), panel: open })),
            ("reschedule", written(&reschedule)),
            ("reschedule, nowhere", written(&ReschedulePage { dates: vec![], ..reschedule })),
            ("spots", written(&spots)),
        ]
    }

    pub(super) fn sorry(&self) -> Pages {
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

    fn letter(&self) -> Letter {
        let (language, at) = (self.0, self.calendar().at(samples::starts(0)));
        let told = Told {
            what: language.with("Yoga", "Sofie"),
            service: "Yoga".to_owned(),
            was: at.to_string(),
            date: at.to_string(),
            before: "Sofie".to_owned(),
            member: "Sofie".to_owned(),
            by_client: true,
        };
        let about =
            [About::Cancelled, About::Moved, About::Rescheduled, About::TeamMemberReplaced, About::Reminder];
        let (subjects, mut said): (Vec<_>, Vec<_>) =
            about.into_iter().map(|about| language.told(about, told.clone())).unzip();
        said.push(language.told(About::Cancelled, Told { by_client: false, ..told }).1);
        Letter {
            language,
            studio: "Riverside Studio".to_owned(),
            subject: language.told_booked(2, "Yoga".to_owned()),
            name: "Anna Berg".to_owned(),
            said: subjects.into_iter().chain(said).collect(),
            dates: vec![LetterDate {
                when: at.full_date(),
                short: at.to_string(),
                details: vec![language.spots_count(2)],
                address: Some(String::new()),
            }],
            notes: vec![language.told_to_call("1".to_owned())],
            all: Some(String::new()),
        }
    }
}
