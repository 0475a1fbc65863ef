//! A code as people read and type it.

use std::fmt;
use std::str::FromStr;

use crate::vault::random;

/// Six digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A random one.
    pub(super) fn draw() -> Self {
        const ALL: u32 = 1_000_000;
        loop {
            let number = u32::from_be_bytes(random());
            // The rest would make small codes likelier than large ones.
            if number < u32::MAX - u32::MAX % ALL {
                return Self(format!("{:06}", number % ALL));
            }
        }
    }

    /// For the message that brings it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Not six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a code")]
pub struct NotACode;

impl FromStr for Code {
    type Err = NotACode;

    /// Spaces are what people and messages put between digits.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let six = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if six { Ok(Self(digits)) } else { Err(NotACode) }
    }
}

/// Never shows the code: debug output goes to logs.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_16_a_code_is_six_digits_and_spaces_in_it_are_ignored() {
        let drawn: Vec<Code> = (0..64).map(|_| Code::draw()).collect();

        for code in &drawn {
            assert_eq!(code.as_str().parse(), Ok(code.clone()));
            assert_eq!(format!(" {} {}\t", &code.0[..3], &code.0[3..]).parse(), Ok(code.clone()));
            assert_eq!(format!("{code:?}"), "Code(…)");
        }
        assert!(drawn.iter().any(|code| *code != drawn[0]));
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"] {
            assert_eq!(text.parse::<Code>(), Err(NotACode), "{text}");
        }
    }
}
