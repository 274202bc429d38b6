-- Registers of companies and of standards: what they say of legal entities, their parents, and of patents that are declared.

-- The language of a spelling, and what a register says of a relation.
ALTER TABLE company_name ADD COLUMN language TEXT COLLATE "C";
ALTER TABLE company_relation ADD COLUMN form TEXT COLLATE "C" CHECK (form IN ('DIRECT_PARENT', 'ULTIMATE_PARENT', 'HEAD_OFFICE'));
ALTER TABLE company_relation ADD COLUMN status TEXT COLLATE "C";
ALTER TABLE company_relation ADD COLUMN registration_status TEXT COLLATE "C";
ALTER TABLE company_relation ADD COLUMN updated_on DATE;
ALTER TABLE company_relation ADD COLUMN withdrawn_on DATE;
-- The direct and the ultimate parent can be one company, from the same day.
DROP INDEX company_relation_natural_key;
CREATE UNIQUE INDEX company_relation_natural_key ON company_relation (parent_id, child_id, kind, coalesce(since, DATE '0001-01-01'), coalesce(form, ''));

-- What the register of Legal Entity Identifiers says of a company.
CREATE TABLE lei_record (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    lei TEXT COLLATE "C" NOT NULL,
    legal_name TEXT COLLATE "C" NOT NULL,
    legal_name_folded TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C",
    jurisdiction TEXT COLLATE "C",
    category TEXT COLLATE "C",
    entity_status TEXT COLLATE "C",
    registration_status TEXT COLLATE "C",
    legal_country TEXT COLLATE "C",
    legal_region TEXT COLLATE "C",
    legal_city TEXT COLLATE "C",
    headquarters_country TEXT COLLATE "C",
    headquarters_region TEXT COLLATE "C",
    headquarters_city TEXT COLLATE "C",
    created_on DATE,
    expired_on DATE,
    expiry_reason TEXT COLLATE "C",
    successor_lei TEXT COLLATE "C",
    registered_on DATE,
    updated_on DATE,
    renewal_on DATE,
    withdrawn_on DATE,
    source_id BIGINT NOT NULL REFERENCES source (id),
    CHECK (length(lei) = 20),
    CHECK (length(successor_lei) = 20),
    CHECK (length(legal_country) = 2),
    CHECK (length(headquarters_country) = 2)
);
CREATE UNIQUE INDEX lei_record_lei_key ON lei_record (lei);
CREATE INDEX lei_record_lei_idx ON lei_record (lei, id);
CREATE INDEX lei_record_company_id_idx ON lei_record (company_id, lei, id);
CREATE INDEX lei_record_source_id_idx ON lei_record (source_id, lei, id);
CREATE INDEX lei_record_successor_lei_idx ON lei_record (successor_lei) WHERE successor_lei IS NOT NULL;

-- Why no parent of a company is stated.
CREATE TABLE parent_exception (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    form TEXT COLLATE "C" NOT NULL CHECK (form IN ('DIRECT_PARENT', 'ULTIMATE_PARENT')),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason IN ('NATURAL_PERSONS', 'NON_CONSOLIDATING', 'NO_KNOWN_PERSON', 'NO_LEI', 'NON_PUBLIC', 'OTHER')),
    stated_reason TEXT COLLATE "C" NOT NULL,
    reference TEXT COLLATE "C",
    withdrawn_on DATE,
    source_id BIGINT NOT NULL REFERENCES source (id)
);
CREATE UNIQUE INDEX parent_exception_natural_key ON parent_exception (company_id, form, stated_reason);
CREATE INDEX parent_exception_form_idx ON parent_exception (form, id);
CREATE INDEX parent_exception_company_id_idx ON parent_exception (company_id, form, id);
CREATE INDEX parent_exception_source_id_idx ON parent_exception (source_id, form, id);

-- Standards: documents, and the projects that they come from.
CREATE TABLE standard (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('DOCUMENT', 'PROJECT')),
    document_type TEXT COLLATE "C",
    deliverable_number TEXT COLLATE "C",
    specification_number TEXT COLLATE "C",
    project_number TEXT COLLATE "C",
    source_id BIGINT NOT NULL REFERENCES source (id)
);
CREATE UNIQUE INDEX standard_name_key ON standard (name);
CREATE INDEX standard_name_idx ON standard (name, id);
CREATE INDEX standard_source_id_idx ON standard (source_id, name, id);

-- Declarations that patents may be essential to standards.
CREATE TABLE standard_declaration (
    id BIGINT PRIMARY KEY,
    reference TEXT COLLATE "C" NOT NULL,
    register_number TEXT COLLATE "C",
    declared_on DATE,
    reflected_on DATE,
    declarant_id BIGINT REFERENCES company (id),
    declarant_name TEXT COLLATE "C",
    declarant_name_folded TEXT COLLATE "C",
    source_id BIGINT NOT NULL REFERENCES source (id)
);
CREATE UNIQUE INDEX standard_declaration_reference_key ON standard_declaration (reference);
CREATE INDEX standard_declaration_reference_idx ON standard_declaration (reference, id);
CREATE INDEX standard_declaration_declarant_id_idx ON standard_declaration (declarant_id, reference, id);
CREATE INDEX standard_declaration_source_id_idx ON standard_declaration (source_id, reference, id);

-- What a declaration names: a publication for a document or a project. `record_key` is made of what tells its records apart.
CREATE TABLE declared_patent (
    id BIGINT PRIMARY KEY,
    standard_declaration_id BIGINT NOT NULL REFERENCES standard_declaration (id),
    record_key BIGINT NOT NULL,
    standard_id BIGINT REFERENCES standard (id),
    project_id BIGINT REFERENCES standard (id),
    patent_id BIGINT REFERENCES patent (id),
    publication_number TEXT COLLATE "C",
    application_number TEXT COLLATE "C",
    office TEXT COLLATE "C",
    title TEXT COLLATE "C",
    filed_on DATE,
    priority_numbers TEXT COLLATE "C",
    patent_type TEXT COLLATE "C",
    family TEXT COLLATE "C",
    disclosure TEXT COLLATE "C",
    display_number TEXT COLLATE "C",
    work_item TEXT COLLATE "C",
    version TEXT COLLATE "C",
    section TEXT COLLATE "C",
    declared_for_standard BOOLEAN,
    declared_for_project BOOLEAN,
    by_proprietor BOOLEAN,
    prepared_to_license BOOLEAN,
    reciprocity BOOLEAN,
    explicitly_disclosed BOOLEAN,
    for_2g BOOLEAN,
    for_3g BOOLEAN,
    for_4g BOOLEAN,
    for_5g BOOLEAN,
    source_id BIGINT NOT NULL REFERENCES source (id),
    CHECK (length(office) = 2)
);
CREATE UNIQUE INDEX declared_patent_record_key ON declared_patent (record_key);
CREATE INDEX declared_patent_publication_number_idx ON declared_patent (publication_number, id);
CREATE INDEX declared_patent_standard_declaration_id_idx ON declared_patent (standard_declaration_id, publication_number, id);
CREATE INDEX declared_patent_standard_id_idx ON declared_patent (standard_id, publication_number, id);
CREATE INDEX declared_patent_project_id_idx ON declared_patent (project_id, publication_number, id);
CREATE INDEX declared_patent_patent_id_idx ON declared_patent (patent_id, publication_number, id);
CREATE INDEX declared_patent_source_id_idx ON declared_patent (source_id, publication_number, id);
CREATE INDEX declared_patent_standard_link_idx ON declared_patent (standard_id, standard_declaration_id);
CREATE INDEX declared_patent_patent_link_idx ON declared_patent (patent_id, standard_declaration_id);
