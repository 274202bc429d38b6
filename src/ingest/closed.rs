//! The closed sets that files may use, as the tables check them.

pub(super) type Values = &'static [&'static str];

pub(super) const COMPANY_NAME_KIND: Values = &["FORMER", "TRADING", "TRANSLITERATED", "TICKER", "RECORDED"];
pub(super) const COMPANY_RELATION_KIND: Values = &["PARENT", "SUCCESSOR"];
pub(super) const RELATION_RULE: Values = &["ACCOUNTING_CONSOLIDATION", "OWNERSHIP", "MERGER"];
pub(super) const AGREEMENT_STATUS: Values = &["ANNOUNCED", "IN_FORCE", "EXPIRED", "TERMINATED", "NEVER_CLOSED"];
pub(super) const PARTY_ROLE: Values =
    &["LICENSOR", "LICENSEE", "ASSIGNOR", "ASSIGNEE", "SUPPLIER", "CUSTOMER", "PARTNER", "AGENT", "POOL_MEMBER"];
pub(super) const GRANT_SCOPE: Values = &["ALL_PATENTS", "STANDARD_ESSENTIAL", "TECHNOLOGY_AREA", "LISTED_PATENTS"];
pub(super) const COOPERATION_STAGE: Values = &["EXPLORING", "AGREED", "DELIVERING"];
pub(super) const PATENT_STATUS: Values = &["APPLICATION", "GRANTED", "LAPSED", "EXPIRED", "REVOKED", "WITHDRAWN"];
pub(super) const CONVEYANCE: Values = &[
    "ASSIGNMENT",
    "MERGER",
    "NAME_CHANGE",
    "SECURITY_INTEREST",
    "RELEASE",
    "CORRECTION",
    "LICENCE",
    "GOVERNMENT_INTEREST",
    "OTHER",
];
pub(super) const MARKET_STATUS: Values = &["PRESENT", "FOCUS"];
pub(super) const QUALIFIER: Values = &["EXACT", "ABOUT", "MORE_THAN", "LESS_THAN"];
pub(super) const CONFIDENCE: Values = &["HIGH", "MEDIUM", "LOW"];
