//! S1 to S3: booking links, one link, and the rules for all of them.

use aggregates::appearance::Scheme;
use aggregates::booking_link::{Field, Kind};
use askama::Template;

use crate::time_zones;
use crate::web::pages::accent::deeper_on_light;
use crate::web::pages::dates::Moment;
use crate::web::pages::form::Choice;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// S1: find a link and open it.
#[derive(Debug, Clone, Template)]
#[template(path = "links.html")]
pub struct LinksPage {
    pub shell: StaffShell,
    pub links: Vec<LinkLine>,
    pub problems: Problems,
}

/// One link in the list.
#[derive(Debug, Clone)]
pub struct LinkLine {
    pub link: aggregates::ids::LinkId,
    pub name: String,
    pub kind: Kind,
    /// "Up to 10 dates", "Off", "Paused, prepayment is on".
    pub multiple: String,
}

impl LinkLine {
    fn kind_name(&self, language: Language) -> String {
        language.say(match self.kind {
            Kind::Individual => "kind-individual",
            Kind::Group => "kind-group",
            Kind::Mixed => "kind-mixed",
        })
    }

    fn multiple_booking(&self, language: Language) -> String {
        language.say_with("multiple-booking-is", [("setting", self.multiple.as_str().into())])
    }
}

impl LinksPage {
    fn settings(&self, line: &LinkLine) -> Address {
        urls::link_settings(self.shell.branch, line.link).along(&self.shell.along)
    }

    fn widget(&self, line: &LinkLine) -> String {
        self.shell.for_clients(&urls::event_list(self.shell.branch, line.link))
    }

    fn action(&self) -> Address {
        urls::links(self.shell.branch)
    }
}

/// Who saved settings, when, and what that changed.
#[derive(Debug, Clone)]
pub struct SaveLine {
    pub at: Moment,
    /// "staff, not signed in".
    pub who: String,
    /// "Multiple event booking: was off, now up to 4 events".
    pub changes: Vec<String>,
}

impl SaveLine {
    pub(super) fn by(&self, language: Language) -> String {
        language.say_with("changed-by", [("who", self.who.as_str().into())])
    }
}

/// S2: what a link offers, and how many dates at once.
#[derive(Debug, Clone, Template)]
#[template(path = "link_settings.html")]
pub struct LinkSettingsPage {
    pub shell: StaffShell,
    pub link: aggregates::ids::LinkId,
    pub kind: Kind,
    pub name: String,
    pub active: bool,
    /// Ticked ones are offered; with all ticked, later ones are offered too.
    pub services: Vec<Choice>,
    pub team: Vec<Choice>,
    pub lead_hours: String,
    pub horizon_days: String,
    pub allow_multiple: bool,
    pub max_events: String,
    pub email: Field,
    pub comment: Field,
    pub consent: String,
    pub phone_code: bool,
    /// Whether a code could be sent.
    pub sends_codes: bool,
    pub looks: Looks,
    pub version: u64,
    /// Online prepayment is on, so multiple event booking is paused.
    pub prepayment: bool,
    pub saved: Option<String>,
    /// Who changed these settings, the newest first.
    pub saves: Vec<SaveLine>,
    pub problems: Problems,
}

/// How the widget looks, and where, as a form shows it.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// "#0f6b5f", or nothing.
    pub colour: String,
    pub scheme: Scheme,
    /// Two letters, or nothing.
    pub language: String,
    /// One on each line; none for any site.
    pub sites: String,
}

impl LinkSettingsPage {
    /// "Links use a deeper shade, #816a00, so that they stay readable."
    fn deeper_shade(&self) -> Option<String> {
        let shade = deeper_on_light(self.looks.colour.trim().parse().ok()?)?;
        Some(self.shell.language.say_with("deeper-shade", [("shade", format!("#{shade}").into())]))
    }

    /// The languages to choose from.
    fn languages(&self) -> Vec<Choice> {
        let choice = |language: Language| Choice {
            value: language.code().to_owned(),
            name: language.own_name().to_owned(),
            chosen: self.looks.language == language.code(),
        };
        Language::SPOKEN.into_iter().map(choice).collect()
    }

    fn widget(&self) -> String {
        self.shell.for_clients(&urls::event_list(self.shell.branch, self.link))
    }

    /// W1 as it looks now; scripts try other looks by the same address.
    fn preview(&self) -> Address {
        urls::link_preview(self.shell.branch, self.link)
    }

    /// What stands above the two lines for a studio's page.
    fn two_lines(&self) -> String {
        self.shell.say(if self.shell.public.is_some() { "two-lines-ready" } else { "two-lines" })
    }

    fn snippet(&self) -> String {
        let at = self.shell.public.as_deref().unwrap_or("https://book.example");
        let widget = urls::event_list(self.shell.branch, self.link);
        format!(
            "<script type=\"module\" src=\"{at}/embed.js\"></script>\n\
             <cartwheel-widget src=\"{at}{widget}\"></cartwheel-widget>"
        )
    }

    fn action(&self) -> Address {
        urls::link_settings(self.shell.branch, self.link)
    }

    fn with_member(&self, choice: &Choice) -> String {
        self.shell.language.say_with("with-member", [("member", choice.name.as_str().into())])
    }

    fn for_groups(&self) -> bool {
        self.kind != Kind::Individual
    }

    fn is_max(&self, number: u8) -> bool {
        self.max_events == number.to_string()
    }
}

/// S3: the rules for all links.
#[derive(Debug, Clone, Template)]
#[template(path = "branch_rules.html")]
pub struct BranchRulesPage {
    pub shell: StaffShell,
    pub prepayment: bool,
    pub several_spots: bool,
    pub max_spots: String,
    pub cancelling: ChangeRuleFields,
    pub rescheduling: ChangeRuleFields,
    pub reminder: ChangeRuleFields,
    /// Whether any messages reach clients.
    pub sends_messages: bool,
    pub studio: StudioFields,
    pub allow_duplicates: bool,
    pub version: u64,
    /// How many links have multiple event booking on.
    pub paused_links: usize,
    pub saved: Option<String>,
    /// Who changed these settings, the newest first.
    pub saves: Vec<SaveLine>,
    pub problems: Problems,
}

/// One rule as a form shows it.
#[derive(Debug, Clone)]
pub struct ChangeRuleFields {
    pub allowed: bool,
    /// Before the start; a rule that is off keeps its number.
    pub hours: String,
}

/// Who the studio is, as a form shows it.
#[derive(Debug, Clone, Default)]
pub struct StudioFields {
    pub name: String,
    pub address: String,
    pub phone: String,
    /// A name of the IANA database.
    pub time_zone: String,
    /// Two letters (ISO 3166).
    pub country: String,
}

impl BranchRulesPage {
    /// All time zones, among them that of the studio, whether or not it belongs to a country.
    fn time_zones(&self) -> Vec<Choice> {
        let own = self.studio.time_zone.as_str();
        let among = time_zones::names().any(|name| name == own);
        let choice =
            |name: &str| Choice { value: name.to_owned(), name: name.replace('_', " "), chosen: name == own };
        let other = (!among).then(|| choice(own));
        other.into_iter().chain(time_zones::names().map(choice)).collect()
    }

    fn prepayment_hint(&self) -> String {
        self.shell.language.say_with("prepayment-hint", [("n", self.paused_links.into())])
    }

    fn action(&self) -> Address {
        urls::branch_rules(self.shell.branch)
    }
}
