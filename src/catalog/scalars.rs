//! The scalars beyond GraphQL's own.

use crate::catalog::Scalar;

/// A calendar date.
pub static DATE: Scalar = Scalar {
    name: "Date",
    doc: "A calendar date, `YYYY-MM-DD`, of the years 0001 to 9999.",
    specified_by: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
};

/// A moment.
pub static DATE_TIME: Scalar = Scalar {
    name: "DateTime",
    doc: "A moment in UTC to the microsecond, such as `2017-07-05T08:00:00.000000Z`. As input, any offset and any \
          number of fractional digits up to six are taken.",
    specified_by: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
};

/// A decimal number.
pub static DECIMAL: Scalar = Scalar {
    name: "Decimal",
    doc: "An exact decimal number as text, such as `\"1500.25\"`, without an exponent and without trailing zeros after \
          the point. As input, a number is taken too.",
    specified_by: "https://www.w3.org/TR/xmlschema-2/#decimal",
};

/// An address.
pub static URL: Scalar =
    Scalar { name: "URL", doc: "An address on the web.", specified_by: "https://url.spec.whatwg.org/" };

/// A country.
pub static COUNTRY_CODE: Scalar = Scalar {
    name: "CountryCode",
    doc: "A country as its two-letter code in ISO 3166-1, such as `CN`.",
    specified_by: "https://www.iso.org/iso-3166-country-codes.html",
};

/// A currency.
pub static CURRENCY_CODE: Scalar = Scalar {
    name: "CurrencyCode",
    doc: "A currency as its three-letter code in ISO 4217, such as `USD`.",
    specified_by: "https://www.iso.org/iso-4217-currency-codes.html",
};

/// A Legal Entity Identifier.
pub static LEI: Scalar = Scalar {
    name: "LEI",
    doc: "A Legal Entity Identifier of 20 characters.",
    specified_by: "https://www.iso.org/standard/78829.html",
};

/// GraphQL's own, for a column that holds an id as clients know it.
pub static ID: Scalar =
    Scalar { name: "ID", doc: "An opaque id.", specified_by: "https://spec.graphql.org/October2021/#sec-ID" };

/// Any JSON.
pub static JSON: Scalar = Scalar {
    name: "JSON",
    doc: "A JSON value, as it stands in the answer.",
    specified_by: "https://www.rfc-editor.org/rfc/rfc8259",
};

/// Every scalar of the schema beyond GraphQL's own.
pub static SCALARS: &[&Scalar] = &[&DATE, &DATE_TIME, &DECIMAL, &URL, &COUNTRY_CODE, &CURRENCY_CODE, &LEI, &JSON];
