//! Ratios of several rounds, and whether they meet a goal.

use std::fmt;

/// The least, the median and the most of several values.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    pub least: f64,
    pub median: f64,
    pub most: f64,
}

/// What a ratio should be.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Spread {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
        let half = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 { at(half) } else { (at(half.saturating_sub(1)) + at(half)) / 2.0 };
        Self { least: at(0), median, most: at(sorted.len().saturating_sub(1)) }
    }

    /// The three with so many decimal places.
    pub fn places(&self, places: usize) -> String {
        [self.least, self.median, self.most].map(|value| format!("{value:.places$}")).join(" · ")
    }
}

/// As a ratio: the median, and from where to where.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} ({:.2}–{:.2})", self.median, self.least, self.most)
    }
}

impl Goal {
    /// `met` or `missed` when all rounds agree.
    pub fn verdict(self, spread: &Spread) -> &'static str {
        let (all, none) = match self {
            Self::AtMost(goal) => (spread.most <= goal, spread.least > goal),
            Self::AtLeast(goal) => (spread.least >= goal, spread.most < goal),
        };
        match (all, none) {
            (true, _) => "met",
            (_, true) => "**missed**",
            _ => "not decided",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_within_the_spread_is_not_decided() {
        let spread = Spread::of([1.3, 1.2, 1.1]);
        assert_eq!(spread.to_string(), "1.20 (1.10–1.30)");
        assert_eq!(Goal::AtMost(1.25).verdict(&spread), "not decided");
        assert_eq!(Goal::AtMost(1.3).verdict(&spread), "met");
        assert_eq!(Goal::AtMost(1.05).verdict(&spread), "**missed**");
        assert_eq!(Goal::AtLeast(1.1).verdict(&spread), "met");
        assert_eq!(Goal::AtLeast(1.31).verdict(&spread), "**missed**");
    }

    #[test]
    fn the_median_of_an_even_number_is_between_two() {
        assert_eq!(Spread::of([4.0, 1.0, 2.0, 3.0]).median, 2.5);
    }

    #[test]
    fn nothing_measured_decides_nothing() {
        assert_eq!(Goal::AtMost(1.0).verdict(&Spread::of([])), "not decided");
    }
}
