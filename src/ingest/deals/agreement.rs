//! Agreements: one announcement or document a line, with all that is in it.

use crate::ingest::deals::{Citation, CompanyRef, TransferLine, object};

object! {
    /// An agreement.
    AgreementLine {
        /// Its short name, such as `2017-nokia-xiaomi`.
        slug: String,
        /// What it is, in a line.
        title: String,
        /// What became of it.
        status: String,
    } optional {
        /// What it holds.
        summary: String,
        /// When it was announced: a day, a month or a year.
        announced_on: String,
        /// When it was signed.
        signed_on: String,
        /// When it took effect.
        effective_on: String,
        /// When its term ends.
        expires_on: String,
        /// Its term as stated.
        term: String,
        /// Its value.
        value: ValueItem,
        /// Whether the value was disclosed.
        value_disclosed: bool,
        /// When it was retracted.
        retracted_at: String,
        /// Why it was retracted.
        retraction_reason: String,
    } lists {
        /// The short names of the areas that it concerns.
        areas: String,
        /// The evidence.
        citations: Citation,
        /// Who is in it.
        parties: PartyItem,
        /// The licences in it.
        grants: GrantItem,
        /// The transfers under it.
        transfers: TransferLine,
        /// What the parties will do together.
        cooperations: CooperationItem,
    }
}

object! {
    /// An amount of money.
    ValueItem {
        /// The amount, a decimal as text.
        amount: String,
        /// Its currency.
        currency: String,
    } optional {} lists {}
}

object! {
    /// A company's part in an agreement.
    PartyItem {
        /// The company.
        company: CompanyRef,
        /// Its role.
        role: String,
    } optional {} lists {
        /// The evidence; where absent, that of the agreement.
        citations: Citation,
    }
}

object! {
    /// A licence in an agreement; a cross licence is two.
    GrantItem {
        /// Who allows.
        licensor: CompanyRef,
        /// Who may use.
        licensee: CompanyRef,
    } optional {
        /// Its place in the agreement; where absent, that in the list.
        ordinal: i32,
        /// Which patents it covers.
        scope: String,
        /// The standards meant, as stated.
        standard: String,
        /// The short name of the area that it covers.
        area: String,
        /// Where it holds, as stated.
        territory: String,
        /// Whether it is exclusive.
        exclusive: bool,
        /// What is paid, as stated.
        royalty: String,
        /// Whether affiliates of the licensee may use it.
        covers_affiliates: bool,
        /// Since when.
        effective_on: String,
        /// Until when.
        expires_on: String,
    } lists {
        /// The publication numbers of the patents that it lists.
        patents: String,
        /// The evidence; where absent, that of the agreement.
        citations: Citation,
    }
}

object! {
    /// What the parties will do together in an area.
    CooperationItem {
        /// The short name of the area.
        area: String,
        /// How far it has come.
        stage: String,
    } optional {
        /// What will be done.
        description: String,
        /// Who supplies.
        supplier: CompanyRef,
        /// Who is supplied.
        customer: CompanyRef,
    } lists {
        /// The evidence; where absent, that of the agreement.
        citations: Citation,
    }
}
