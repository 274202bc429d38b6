//! Links again, in the order of what they lead to. Triggers keep them; diesel only knows of them.

diesel::table! {
    company_agreement (company_id, id) {
        company_id -> BigInt,
        announced_on -> Nullable<Date>,
        id -> BigInt,
    }
}

diesel::table! {
    area_agreement (area_id, id) {
        area_id -> BigInt,
        announced_on -> Nullable<Date>,
        id -> BigInt,
    }
}

diesel::table! {
    area_patent (area_id, id) {
        area_id -> BigInt,
        publication_number -> Text,
        id -> BigInt,
    }
}
