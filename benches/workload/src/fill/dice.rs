//! Numbers that look random and are the same each time, and the words that texts are made of.

pub const WORDS: &[&str] = &[
    "Optical",
    "Signal",
    "Quantum",
    "Mobile",
    "Vector",
    "Polar",
    "Lattice",
    "Kinetic",
    "Harbour",
    "Meridian",
    "Copper",
    "Nordic",
    "Atlas",
    "Beacon",
    "Cobalt",
    "Delta",
    "Ember",
    "Falcon",
    "Granite",
    "Helix",
    "Iris",
    "Juniper",
    "Électrique",
    "Zürich",
];
pub const THINGS: &[&str] = &[
    "method",
    "apparatus",
    "antenna",
    "encoder",
    "battery",
    "display",
    "receiver",
    "compound",
    "sensor",
    "network",
    "memory",
    "\"smart\" lens",
];

/// A sequence of numbers.
pub struct Dice(u64);

impl Dice {
    /// For one row of one table, so that no row depends on those before it.
    pub fn of(table: u64, row: u64) -> Self {
        Self((table << 40) ^ row ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    pub fn pick(&mut self, among: &[&'static str]) -> &'static str {
        let place = usize::try_from(self.below(among.len() as u64)).unwrap_or(0);
        among.get(place).copied().unwrap_or_default()
    }

    /// One of a list, those at its beginning much more often.
    pub fn pick_skewed(&mut self, among: &[&'static str]) -> &'static str {
        let place = usize::try_from(self.skewed(among.len() as u64)).unwrap_or(0);
        among.get(place).copied().unwrap_or_default()
    }

    /// Below `end`, small ones much more often: the cube of an even number, so that of 10,000 companies the first is
    /// chosen in one case of 22, and the first hundred in one of five.
    pub fn skewed(&mut self, end: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((unit * unit * unit * end as f64) as u64).min(end.saturating_sub(1))
    }

    /// How many: the least, with a half of a chance for each more.
    pub fn several(&mut self, least: u64, most: u64) -> u64 {
        let mut count = least;
        while count < most && self.one_in(2) {
            count += 1;
        }
        count
    }

    /// A day from 2000 on.
    pub fn date(&mut self) -> String {
        format!("{:04}-{:02}-{:02}", 2000 + self.below(26), 1 + self.below(12), 1 + self.below(28))
    }
}
