//! How somebody of staff proves who they are, and where they are signed in.

use askama::Template;
use qrcode::{Color, QrCode};
use uuid::Uuid;

use super::door::DoorShell;
use super::language::Language;
use super::problem::Problems;
use super::urls::{self, Address};

/// All of it.
#[derive(Clone, Template)]
#[template(path = "staff_me.html")]
pub struct MyPage {
    pub shell: DoorShell,
    pub name: String,
    pub login: String,
    pub done: Option<String>,
    /// How many codes for paper are left, if the second factor is on.
    pub codes_left: Option<usize>,
    /// A secret to be put into an app, if somebody asked for one.
    pub offer: Option<Offer>,
    pub sessions: Vec<SessionLine>,
    pub problems: Problems,
}

/// A secret that somebody may put into their app.
#[derive(Clone)]
pub struct Offer {
    /// As people type it.
    pub key: String,
    /// As an app reads it.
    pub uri: String,
    /// As the form keeps it.
    pub kept: String,
}

impl Offer {
    fn picture(&self) -> Option<Picture> {
        Picture::of(&self.uri)
    }

    /// In groups of four.
    fn grouped(&self) -> String {
        let groups = self.key.as_bytes().chunks(4).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join(" ")
    }
}

/// A QR code (ISO/IEC 18004) as the path of an SVG.
struct Picture {
    /// Modules on a side, with the quiet zone around them.
    size: usize,
    path: String,
}

impl Picture {
    /// As wide as the standard asks for.
    const QUIET: usize = 4;

    fn of(text: &str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let path = dark.map(|(place, _)| {
            format!("M{},{}h1v1h-1z", place % width + Self::QUIET, place / width + Self::QUIET)
        });
        Some(Self { size: width + 2 * Self::QUIET, path: path.collect() })
    }
}

/// One browser.
#[derive(Debug, Clone)]
pub struct SessionLine {
    pub session: Uuid,
    pub device: String,
    /// "since Mon 4 Jan, 10:00, last here …".
    pub when: String,
    /// The browser that looks.
    pub own: bool,
}

impl MyPage {
    fn offer_address(&self) -> Address {
        urls::staff_me().with("second", 1).along(&self.shell.along).at("second")
    }

    fn language(&self) -> Language {
        self.shell.language
    }
}

/// The codes for paper, shown once.
#[derive(Clone, Template)]
#[template(path = "staff_codes.html")]
pub struct CodesPage {
    pub shell: DoorShell,
    pub codes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_quiet_zone_and_fits_a_secret() {
        let picture =
            Picture::of("otpauth://totp/Cartwheel:anna?secret=GEZDGNBVGY3TQOJQ&issuer=Cartwheel").unwrap();

        assert!(picture.path.starts_with("M4,4h1v1h-1z"), "{}", picture.path);
        assert_eq!((picture.size - 8 - 17) % 4, 0, "a version of the standard");
    }
}
