-- Registers of companies and of standards: what they say of legal entities, their parents, and of patents that are declared.

-- The language of a spelling, and what a register says of a relation.
ALTER TABLE company_name ADD COLUMN language TEXT;
ALTER TABLE company_relation ADD COLUMN form TEXT CHECK (form IN ('DIRECT_PARENT', 'ULTIMATE_PARENT', 'HEAD_OFFICE'));
ALTER TABLE company_relation ADD COLUMN status TEXT;
ALTER TABLE company_relation ADD COLUMN registration_status TEXT;
ALTER TABLE company_relation ADD COLUMN updated_on TEXT CHECK (updated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE company_relation ADD COLUMN withdrawn_on TEXT CHECK (withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
-- The direct and the ultimate parent can be one company, from the same day.
DROP INDEX company_relation_natural_key;
CREATE UNIQUE INDEX company_relation_natural_key ON company_relation (parent_id, child_id, kind, coalesce(since, ''), coalesce(form, ''));

-- What the register of Legal Entity Identifiers says of a company.
CREATE TABLE lei_record (
    id INTEGER PRIMARY KEY NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id),
    lei TEXT NOT NULL,
    legal_name TEXT NOT NULL,
    legal_name_folded TEXT NOT NULL,
    language TEXT,
    jurisdiction TEXT,
    category TEXT,
    entity_status TEXT,
    registration_status TEXT,
    legal_country TEXT,
    legal_region TEXT,
    legal_city TEXT,
    headquarters_country TEXT,
    headquarters_region TEXT,
    headquarters_city TEXT,
    created_on TEXT CHECK (created_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expired_on TEXT CHECK (expired_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expiry_reason TEXT,
    successor_lei TEXT,
    registered_on TEXT CHECK (registered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    updated_on TEXT CHECK (updated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    renewal_on TEXT CHECK (renewal_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    withdrawn_on TEXT CHECK (withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    source_id INTEGER NOT NULL REFERENCES source (id),
    CHECK (length(lei) = 20),
    CHECK (length(successor_lei) = 20),
    CHECK (length(legal_country) = 2),
    CHECK (length(headquarters_country) = 2)
) STRICT;
CREATE UNIQUE INDEX lei_record_lei_key ON lei_record (lei);
CREATE INDEX lei_record_lei_idx ON lei_record (lei, id);
CREATE INDEX lei_record_company_id_idx ON lei_record (company_id, lei, id);
CREATE INDEX lei_record_source_id_idx ON lei_record (source_id, lei, id);
CREATE INDEX lei_record_successor_lei_idx ON lei_record (successor_lei) WHERE successor_lei IS NOT NULL;

-- Why no parent of a company is stated.
CREATE TABLE parent_exception (
    id INTEGER PRIMARY KEY NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id),
    form TEXT NOT NULL CHECK (form IN ('DIRECT_PARENT', 'ULTIMATE_PARENT')),
    reason TEXT NOT NULL CHECK (reason IN ('NATURAL_PERSONS', 'NON_CONSOLIDATING', 'NO_KNOWN_PERSON', 'NO_LEI', 'NON_PUBLIC', 'OTHER')),
    stated_reason TEXT NOT NULL,
    reference TEXT,
    withdrawn_on TEXT CHECK (withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    source_id INTEGER NOT NULL REFERENCES source (id)
) STRICT;
CREATE UNIQUE INDEX parent_exception_natural_key ON parent_exception (company_id, form, stated_reason);
CREATE INDEX parent_exception_form_idx ON parent_exception (form, id);
CREATE INDEX parent_exception_company_id_idx ON parent_exception (company_id, form, id);
CREATE INDEX parent_exception_source_id_idx ON parent_exception (source_id, form, id);

-- Standards: documents, and the projects that they come from.
CREATE TABLE standard (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('DOCUMENT', 'PROJECT')),
    document_type TEXT,
    deliverable_number TEXT,
    specification_number TEXT,
    project_number TEXT,
    source_id INTEGER NOT NULL REFERENCES source (id)
) STRICT;
CREATE UNIQUE INDEX standard_name_key ON standard (name);
CREATE INDEX standard_name_idx ON standard (name, id);
CREATE INDEX standard_source_id_idx ON standard (source_id, name, id);

-- Declarations that patents may be essential to standards.
CREATE TABLE standard_declaration (
    id INTEGER PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL,
    register_number TEXT,
    declared_on TEXT CHECK (declared_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reflected_on TEXT CHECK (reflected_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    declarant_id INTEGER REFERENCES company (id),
    declarant_name TEXT,
    declarant_name_folded TEXT,
    source_id INTEGER NOT NULL REFERENCES source (id)
) STRICT;
CREATE UNIQUE INDEX standard_declaration_reference_key ON standard_declaration (reference);
CREATE INDEX standard_declaration_reference_idx ON standard_declaration (reference, id);
CREATE INDEX standard_declaration_declarant_id_idx ON standard_declaration (declarant_id, reference, id);
CREATE INDEX standard_declaration_source_id_idx ON standard_declaration (source_id, reference, id);

-- What a declaration names: a publication for a document or a project. `record_key` is made of what tells its records apart.
CREATE TABLE declared_patent (
    id INTEGER PRIMARY KEY NOT NULL,
    standard_declaration_id INTEGER NOT NULL REFERENCES standard_declaration (id),
    record_key INTEGER NOT NULL,
    standard_id INTEGER REFERENCES standard (id),
    project_id INTEGER REFERENCES standard (id),
    patent_id INTEGER REFERENCES patent (id),
    publication_number TEXT,
    application_number TEXT,
    office TEXT,
    title TEXT,
    filed_on TEXT CHECK (filed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    priority_numbers TEXT,
    patent_type TEXT,
    family TEXT,
    disclosure TEXT,
    display_number TEXT,
    work_item TEXT,
    version TEXT,
    section TEXT,
    declared_for_standard INTEGER CHECK (declared_for_standard IN (0, 1)),
    declared_for_project INTEGER CHECK (declared_for_project IN (0, 1)),
    by_proprietor INTEGER CHECK (by_proprietor IN (0, 1)),
    prepared_to_license INTEGER CHECK (prepared_to_license IN (0, 1)),
    reciprocity INTEGER CHECK (reciprocity IN (0, 1)),
    explicitly_disclosed INTEGER CHECK (explicitly_disclosed IN (0, 1)),
    for_2g INTEGER CHECK (for_2g IN (0, 1)),
    for_3g INTEGER CHECK (for_3g IN (0, 1)),
    for_4g INTEGER CHECK (for_4g IN (0, 1)),
    for_5g INTEGER CHECK (for_5g IN (0, 1)),
    source_id INTEGER NOT NULL REFERENCES source (id),
    CHECK (length(office) = 2)
) STRICT;
CREATE UNIQUE INDEX declared_patent_record_key ON declared_patent (record_key);
CREATE INDEX declared_patent_publication_number_idx ON declared_patent (publication_number, id);
CREATE INDEX declared_patent_standard_declaration_id_idx ON declared_patent (standard_declaration_id, publication_number, id);
CREATE INDEX declared_patent_standard_id_idx ON declared_patent (standard_id, publication_number, id);
CREATE INDEX declared_patent_project_id_idx ON declared_patent (project_id, publication_number, id);
CREATE INDEX declared_patent_patent_id_idx ON declared_patent (patent_id, publication_number, id);
CREATE INDEX declared_patent_source_id_idx ON declared_patent (source_id, publication_number, id);
CREATE INDEX declared_patent_standard_link_idx ON declared_patent (standard_id, standard_declaration_id);
CREATE INDEX declared_patent_patent_link_idx ON declared_patent (patent_id, standard_declaration_id);
