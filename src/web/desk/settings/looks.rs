//! The looks of a link as S2 asks for them: read from the form, and told what is wrong with them.

use std::collections::BTreeSet;

use aggregates::appearance::{Appearance, Colour, Scheme, Site, Sites};

use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::settings::Looks;

/// As they are set.
pub(super) fn shown(appearance: &Appearance) -> Looks {
    Looks {
        colour: appearance.accent.map_or_else(String::new, |accent| format!("#{accent}")),
        scheme: appearance.scheme,
        language: appearance.language.map_or_else(String::new, |language| language.to_string()),
        sites: match &appearance.sites {
            Sites::Any => String::new(),
            Sites::Only(sites) => sites.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        },
    }
}

/// As they were typed.
pub(super) fn typed(pairs: &Pairs) -> Looks {
    Looks {
        colour: pairs.text("colour"),
        scheme: match pairs.last("scheme") {
            Some("light") => Scheme::Light,
            Some("dark") => Scheme::Dark,
            _ => Scheme::ByDevice,
        },
        language: pairs.text("language"),
        sites: pairs.text("sites"),
    }
}

/// What was meant, or `None` with a problem for each field that cannot be read.
pub(super) fn read(
    looks: &Looks,
    problems: &mut Problems,
    say: impl Fn(&str) -> String,
) -> Option<Appearance> {
    let colour = match looks.colour.trim() {
        "" => Ok(None),
        colour => colour.parse::<Colour>().map(Some),
    };
    if colour.is_err() {
        problems.add(say("colour-please"), "colour");
    }
    let sites: Result<BTreeSet<Site>, _> = looks.sites.split_whitespace().map(str::parse).collect();
    if sites.is_err() {
        problems.add(say("sites-please"), "sites");
    }
    let (Ok(accent), Ok(sites)) = (colour, sites) else { return None };
    let sites = if sites.is_empty() { Sites::Any } else { Sites::Only(sites) };
    Some(Appearance { accent, scheme: looks.scheme, language: looks.language.parse().ok(), sites })
}
