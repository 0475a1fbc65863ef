//! A studio's colour, and the shades of it that stay readable on light and on dark pages.
//!
//! Contrast is that of WCAG 2.1, success criterion 1.4.3; shades are stepped in OKLCH (CSS Color 4, section 9.4), where
//! lightness is what eyes see as such.

use aggregates::appearance::Colour;
use palette::color_difference::Wcag21RelativeContrast;
use palette::{Clamp, IntoColor, IsWithinBounds, Mix, Oklch, Srgb};

/// What small text needs on its ground.
const TEXT: f32 = 4.5;

/// What the edge of a control needs.
const EDGE: f32 = 3.0;

/// One step of lightness.
const STEP: f32 = 0.01;

/// How much of the ink is in the ground of selected rows.
const SOFT: f32 = 0.1;

/// The grounds of a page, as `cartwheel.css` has them.
struct Scheme {
    paper: Srgb,
    raised: Srgb,
    /// Which way leads to more contrast.
    step: f32,
}

impl Scheme {
    fn light() -> Self {
        Self { paper: rgb([0xff; 3]), raised: rgb([0xf5, 0xf6, 0xf7]), step: -STEP }
    }

    fn dark() -> Self {
        Self { paper: rgb([0x15, 0x18, 0x1b]), raised: rgb([0x1e, 0x22, 0x26]), step: STEP }
    }

    fn soft(&self, ink: Srgb) -> Srgb {
        rounded(self.paper.mix(ink, SOFT))
    }

    /// The brand's shade for text: the first that is readable on paper, raised and soft ground.
    fn ink(&self, brand: Srgb) -> Srgb {
        let mut shade: Oklch = brand.into_color();
        loop {
            let ink = rounded(within_srgb(shade));
            let grounds = [self.paper, self.raised, self.soft(ink)];
            if grounds.iter().all(|ground| TEXT <= ink.relative_contrast(*ground)) {
                return ink;
            }
            shade.l += self.step;
            if !(0.0..=1.0).contains(&shade.l) {
                // Black and white are readable on any of these grounds.
                return if self.step < 0.0 { rgb([0; 3]) } else { rgb([0xff; 3]) };
            }
        }
    }
}

fn rgb(bytes: [u8; 3]) -> Srgb {
    Srgb::<u8>::from(bytes).into_format()
}

/// As it is written: contrast is that of what is shown.
fn rounded(colour: Srgb) -> Srgb {
    colour.into_format::<u8>().into_format()
}

/// Hue and lightness stay; chroma is cut until the screen has the colour.
fn within_srgb(shade: Oklch) -> Srgb {
    let mut shade = shade;
    for _ in 0..64 {
        let colour: Srgb = shade.into_color();
        if colour.is_within_bounds() {
            return colour;
        }
        shade.chroma *= 0.95;
    }
    let colour: Srgb = shade.into_color();
    colour.clamp()
}

fn hex(colour: Srgb) -> String {
    format!("#{}", Colour(colour.into_format::<u8>().into()))
}

/// The style sheet that dresses a page in a colour.
#[must_use]
pub fn theme(colour: Colour) -> String {
    let brand = rgb(colour.0);
    let (light, dark) = (Scheme::light(), Scheme::dark());
    let white = rgb([0xff; 3]);
    let on = if TEXT <= brand.relative_contrast(white) { white } else { rgb([0; 3]) };
    let inks = [light.ink(brand), dark.ink(brand)];
    let edge = |scheme: &Scheme, ink| {
        // A button that hardly differs from the page gets a border.
        hex(if brand.relative_contrast(scheme.paper) < EDGE { ink } else { brand })
    };
    let both = |one: String, other: String| format!("light-dark({one}, {other})");
    let [ink_light, ink_dark] = inks;
    format!(
        ":root {{ --accent: {}; --on-accent: {}; --accent-ink: {}; --soft: {}; --accent-edge: {}; }}\n",
        hex(brand),
        hex(on),
        both(hex(ink_light), hex(ink_dark)),
        both(hex(light.soft(ink_light)), hex(dark.soft(ink_dark))),
        both(edge(&light, ink_light), edge(&dark, ink_dark)),
    )
}

/// The shade that links have on light pages, if it is not the colour itself.
#[must_use]
pub fn deeper_on_light(colour: Colour) -> Option<Colour> {
    let ink = Colour(Scheme::light().ink(rgb(colour.0)).into_format::<u8>().into());
    (ink != colour).then_some(ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn whatever_the_brand_text_is_readable() {
        let shades = [0u8, 51, 102, 153, 204, 255];
        for r in shades {
            for g in shades {
                for b in shades {
                    let brand = rgb([r, g, b]);
                    for scheme in [Scheme::light(), Scheme::dark()] {
                        let ink = scheme.ink(brand);
                        for ground in [scheme.paper, scheme.raised, scheme.soft(ink)] {
                            let contrast = ink.relative_contrast(ground);
                            assert!(TEXT <= contrast, "{r} {g} {b}: {contrast}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_readable_colour_stays_as_it_is_and_another_gets_a_deeper_shade() {
        assert_eq!(deeper_on_light(colour("#0F6B5F")), None);
        let yellow = deeper_on_light(colour("#ffd400")).unwrap();
        assert!(TEXT <= rgb(yellow.0).relative_contrast(rgb([0xff; 3])));
        assert!(theme(colour("ffd400")).contains("--on-accent: #000000;"));
        assert!(theme(colour("0f6b5f")).contains("--on-accent: #ffffff;"));
    }
}
