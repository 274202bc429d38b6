//! A row of the export, taken apart.

use chrono::NaiveDate;

use crate::ingest::import::Problem;
use crate::ingest::import::delimited::{Fields, Layout};
use crate::ingest::import::value::INDEXED_BYTES_MAX;
use crate::publication_number::PublicationNumber;
use crate::store::bulk::BulkDeclaredPatent;

pub(super) const REFERENCE: &str = "IPRD_REFERENCE";
const DECLARANT: &str = "COMP_LEGAL_NAME";
const PUBLICATIONS: &str = "PUBL_NUMBER";

pub(super) static LAYOUT: Layout = Layout {
    delimiter: b';',
    columns: &[REFERENCE, DECLARANT, PUBLICATIONS],
    optional: &[
        "IPRD_ID",
        "IPRD_SIGNATURE_DATE",
        "Reflected_Date",
        "DECL_IS_PROP_FLAG",
        "LICD_DEC_PREP_TO_GRANT_FLAG",
        "LICD_REC_CONDI_FLAG",
        "DIPG_ID",
        "DIPG_DISPLAY_NUMBER",
        "Standard",
        "Ess_To_Standard",
        "WI_Type",
        "WOIT_ETSI_DELIVERABLE_NUMBER",
        "WOIT_REFERENCE",
        "WOIT_VERSION",
        "3GPP_Type",
        "TGPP_NUMBER",
        "TGPV_VERSION",
        "Patent_Type",
        "PATT_APPLICATION_NUMBER",
        "PBPA_TITLEEN",
        "PBPA_PRIORITY_NUMBERS",
        "Country_Of_Registration",
        "PBPA_APP_DATE",
        "ETPR_ID",
        "ETPR_ACRONYM",
        "Ess_To_Project",
        "Illustrative_Part",
        "DIPG_PATF_ID",
        "Original_Application_Number",
        "Original_Publication_Number",
        "Explicitely_Disclosed",
        "2G",
        "3G",
        "4G",
        "5G",
    ],
};

/// A document or a project.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) document_type: Option<String>,
    pub(super) deliverable_number: Option<String>,
    pub(super) specification_number: Option<String>,
    pub(super) project_number: Option<String>,
}

/// A publication of a row.
pub(super) struct Line {
    /// What becomes of it, without ids.
    pub(super) row: BulkDeclaredPatent,
    /// Its number, where it can be read.
    pub(super) number: Option<PublicationNumber>,
}

/// A row.
pub(super) struct Record {
    pub(super) reference: String,
    pub(super) register_number: Option<String>,
    pub(super) declared_on: Option<NaiveDate>,
    pub(super) reflected_on: Option<NaiveDate>,
    pub(super) declarant: Option<String>,
    pub(super) standard: Option<Named>,
    pub(super) project: Option<Named>,
    pub(super) lines: Vec<Line>,
}

/// Takes a row apart.
pub(super) fn read(fields: &Fields<'_>) -> Result<Record, Problem> {
    let reference = fields.required(REFERENCE)?.to_owned();
    let standard = document(fields)?;
    let project = project(fields)?;
    let names = [standard.as_ref(), project.as_ref()].map(|named| named.map_or("", |named| &*named.name));
    let row = declared(fields)?;
    let mut lines = Vec::new();
    for publication in publications(fields)? {
        let number = publication.and_then(|text| number(row.office.as_deref(), text));
        let row = BulkDeclaredPatent { publication_number: publication.map(str::to_owned), ..row.clone() };
        let record_key = key(fields, &reference, names, publication.unwrap_or_default())?;
        lines.push(Line { row: BulkDeclaredPatent { record_key, ..row }, number });
    }
    Ok(Record {
        reference,
        register_number: owned(fields, "IPRD_ID")?,
        declared_on: day(fields, "IPRD_SIGNATURE_DATE")?,
        reflected_on: day(fields, "Reflected_Date")?,
        declarant: owned(fields, DECLARANT)?,
        standard,
        project,
        lines,
    })
}

fn declared(fields: &Fields<'_>) -> Result<BulkDeclaredPatent, Problem> {
    let version = owned(fields, "TGPV_VERSION")?;
    let application = owned(fields, "PATT_APPLICATION_NUMBER")?;
    Ok(BulkDeclaredPatent {
        id: 0,
        standard_declaration_id: 0,
        record_key: 0,
        standard_id: None,
        project_id: None,
        patent_id: None,
        publication_number: None,
        application_number: application
            .map_or_else(|| owned(fields, "Original_Application_Number"), |one| Ok(Some(one)))?,
        office: office(fields.raw("Country_Of_Registration")?),
        title: prose(fields, "PBPA_TITLEEN")?,
        filed_on: day(fields, "PBPA_APP_DATE")?,
        priority_numbers: prose(fields, "PBPA_PRIORITY_NUMBERS")?,
        patent_type: owned(fields, "Patent_Type")?,
        family: owned(fields, "DIPG_PATF_ID")?,
        disclosure: owned(fields, "DIPG_ID")?,
        display_number: owned(fields, "DIPG_DISPLAY_NUMBER")?,
        work_item: owned(fields, "WOIT_REFERENCE")?,
        version: version.map_or_else(|| owned(fields, "WOIT_VERSION"), |one| Ok(Some(one)))?,
        section: prose(fields, "Illustrative_Part")?,
        declared_for_standard: flag(fields, "Ess_To_Standard")?,
        declared_for_project: flag(fields, "Ess_To_Project")?,
        by_proprietor: flag(fields, "DECL_IS_PROP_FLAG")?,
        prepared_to_license: flag(fields, "LICD_DEC_PREP_TO_GRANT_FLAG")?,
        reciprocity: flag(fields, "LICD_REC_CONDI_FLAG")?,
        explicitly_disclosed: flag(fields, "Explicitely_Disclosed")?,
        for_2g: flag(fields, "2G")?,
        for_3g: flag(fields, "3G")?,
        for_4g: flag(fields, "4G")?,
        for_5g: flag(fields, "5G")?,
        source_id: 0,
    })
}

fn owned(fields: &Fields<'_>, column: &str) -> Result<Option<String>, Problem> {
    Ok(fields.name(column)?.map(str::to_owned))
}

fn prose(fields: &Fields<'_>, column: &str) -> Result<Option<String>, Problem> {
    Ok(fields.prose(column)?.map(str::to_owned))
}

/// How the export writes that there is no day.
const NO_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(1900, 1, 1);

fn day(fields: &Fields<'_>, column: &str) -> Result<Option<NaiveDate>, Problem> {
    Ok(fields.day_of(column)?.filter(|day| Some(*day) != NO_DAY))
}

fn flag(fields: &Fields<'_>, column: &str) -> Result<Option<bool>, Problem> {
    let text = fields.raw(column)?;
    match text.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "1" | "yes" | "y" | "true" => Ok(Some(true)),
        "0" | "no" | "n" | "false" => Ok(Some(false)),
        _ => Err(Problem::new(column, text, "it is no flag", "1, 0, or nothing")),
    }
}

/// `US UNITED STATES` as `US`.
fn office(text: &str) -> Option<String> {
    let (code, rest) = text.split_at_checked(2)?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_uppercase()) && (rest.is_empty() || rest.starts_with(' '));
    is_code.then(|| code.to_owned())
}

/// A name with one blank between its words; several parts that are there.
fn joined(parts: &[&str]) -> Option<String> {
    let words: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The document: as it is called, else by its type and number.
fn document(fields: &Fields<'_>) -> Result<Option<Named>, Problem> {
    let (own_type, own_number) = (fields.name("WI_Type")?, fields.name("WOIT_ETSI_DELIVERABLE_NUMBER")?);
    let (joint_type, joint_number) = (fields.name("3GPP_Type")?, fields.name("TGPP_NUMBER")?);
    let numbered = |kind: Option<&str>, number: Option<&str>| {
        number.and_then(|number| joined(&[kind.unwrap_or_default(), number]))
    };
    let name = fields.name("Standard")?.and_then(|name| joined(&[name]));
    let name = name.or_else(|| numbered(joint_type, joint_number)).or_else(|| numbered(own_type, own_number));
    Ok(name.map(|name| Named {
        name,
        kind: "DOCUMENT",
        document_type: joint_type.or(own_type).map(str::to_owned),
        deliverable_number: own_number.map(str::to_owned),
        specification_number: joint_number.map(str::to_owned),
        project_number: None,
    }))
}

fn project(fields: &Fields<'_>) -> Result<Option<Named>, Problem> {
    let name = fields.name("ETPR_ACRONYM")?.and_then(|name| joined(&[name]));
    let project_number = owned(fields, "ETPR_ID")?;
    Ok(name.map(|name| Named {
        name,
        kind: "PROJECT",
        document_type: None,
        deliverable_number: None,
        specification_number: None,
        project_number,
    }))
}

/// The publications of a row, each once; one that is none where the row names none.
fn publications<'a>(fields: &Fields<'a>) -> Result<Vec<Option<&'a str>>, Problem> {
    let stated = match fields.prose(PUBLICATIONS)? {
        Some(stated) => stated,
        None => fields.prose("Original_Publication_Number")?.unwrap_or_default(),
    };
    let mut found = Vec::new();
    for publication in stated.split('|').map(str::trim).filter(|publication| !publication.is_empty()) {
        if publication.len() > INDEXED_BYTES_MAX {
            let expected = format!("at most {INDEXED_BYTES_MAX} bytes between two bars");
            return Err(Problem::new(PUBLICATIONS, publication, "a number of it is too long", expected));
        }
        if !found.contains(&Some(publication)) {
            found.push(Some(publication));
        }
    }
    Ok(if found.is_empty() { vec![None] } else { found })
}

/// The publication that a text means: one of the office of the row, or of the one that it names itself.
fn number(office: Option<&str>, text: &str) -> Option<PublicationNumber> {
    let at_office = office.and_then(|office| PublicationNumber::readings_at(office, text).ok());
    match at_office {
        Some(mut readings) if readings.len() == 1 => readings.pop(),
        Some(_) => None,
        None if text.starts_with(|first: char| first.is_ascii_alphabetic()) => PublicationNumber::parse(text),
        None => None,
    }
}

/// What a declared patent is found again by: FNV-1a over what it is about, in 64 bits. Among ten million, two are the same by
/// chance in one of 400,000 exports.
fn key(fields: &Fields<'_>, reference: &str, names: [&str; 2], publication: &str) -> Result<i64, Problem> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    const ABOUT: [&str; 11] = [
        "PATT_APPLICATION_NUMBER",
        "DIPG_ID",
        "DIPG_DISPLAY_NUMBER",
        "WOIT_REFERENCE",
        "WOIT_VERSION",
        "TGPV_VERSION",
        "Illustrative_Part",
        "Patent_Type",
        "Country_Of_Registration",
        "Ess_To_Standard",
        "Ess_To_Project",
    ];
    let add = |hash: u64, text: &str| {
        let bytes = text.bytes().chain([0x1f]);
        bytes.fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    };
    let mut hash = [reference, names[0], names[1], publication].into_iter().fold(BASIS, add);
    for column in ABOUT {
        hash = add(hash, fields.raw(column)?);
    }
    Ok(i64::from_le_bytes(hash.to_le_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{joined, number, office};

    #[test]
    fn an_office_stands_before_its_name() {
        assert_eq!(office("US UNITED STATES").as_deref(), Some("US"));
        assert_eq!(office("EP").as_deref(), Some("EP"));
        assert_eq!(office("USA"), None);
        assert_eq!(office("Ü"), None);
    }

    #[test]
    fn a_number_is_read_at_the_office_of_its_row_or_at_its_own() {
        let read = |office, text| number(office, text).map(|number| number.to_string());
        assert_eq!(read(Some("US"), "7203207").as_deref(), Some("US7203207"));
        assert_eq!(read(Some("DE"), "EP3277024 B1").as_deref(), Some("EP3277024B1"));
        assert_eq!(read(None, "US7203207").as_deref(), Some("US7203207"));
        assert_eq!(read(None, "7203207"), None);
        assert_eq!(read(Some("US"), "PENDING1"), None);
        assert_eq!(read(Some("US"), "USPATENTAPPLICATIONPENDING"), None);
    }

    #[test]
    fn blanks_in_names_are_one() {
        assert_eq!(joined(&["TS", " 102  361-1 "]).as_deref(), Some("TS 102 361-1"));
        assert_eq!(joined(&["", " "]), None);
    }
}
