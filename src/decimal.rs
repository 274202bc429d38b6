//! Exact decimal numbers, as clients and files write them and as the store scales them.

use std::fmt;

/// An exact decimal number: `digits` divided by ten to the power of `scale`, without trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// Reads `-12.50`: at most 18 digits on each side of the point, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, plain) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let fraction_given = plain.len() > whole.len();
        let is_digits = |part: &str| part.len() <= 18 && part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || (fraction_given && fraction.is_empty()) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let magnitude: i128 = format!("{whole}{fraction}").parse().ok()?;
        let digits = if negative { -magnitude } else { magnitude };
        Some(Self { digits, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// The number times ten to the power of `scale`, if that is whole and has 64 bits.
    #[must_use]
    pub fn scaled(&self, scale: u32) -> Option<i64> {
        let factor = 10_i128.checked_pow(scale.checked_sub(self.scale)?)?;
        i64::try_from(self.digits.checked_mul(factor)?).ok()
    }
}

/// As the store shows it: without an exponent and without trailing zeros.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let factor = 10_u128.pow(self.scale);
        let magnitude = self.digits.unsigned_abs();
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(f, "{sign}{}", magnitude / factor)?;
        if self.scale > 0 {
            let width = usize::try_from(self.scale).unwrap_or(0);
            write!(f, ".{:0width$}", magnitude % factor)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn scaled(text: &str, scale: u32) -> Option<i64> {
        Decimal::parse(text)?.scaled(scale)
    }

    #[test]
    fn decimals_are_scaled_exactly() {
        assert_eq!(scaled("4500000000", 2), Some(450_000_000_000));
        assert_eq!(scaled("-0.05", 2), Some(-5));
        assert_eq!(scaled("1.5", 4), Some(15_000));
        assert_eq!(scaled("1.500", 1), Some(15));
        for text in ["", ".", "1.", ".5", "1.005", "1e3", "+1", "1,5", "99999999999999999999", "--1"] {
            assert_eq!(scaled(text, 2), None, "{text}");
        }
    }
}
