-- Links again, in the order of what they lead to: an agreement's day or a patent's number stands beside the keys, so that the
-- first rows of a company or an area are found in an index, however many it has. Triggers keep them.

CREATE TABLE company_agreement (
    company_id INTEGER NOT NULL,
    announced_on TEXT,
    id INTEGER NOT NULL,
    PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX company_agreement_announced_on_idx ON company_agreement (company_id, announced_on DESC, id);
INSERT INTO company_agreement (company_id, announced_on, id)
    SELECT DISTINCT l.company_id, t.announced_on, t.id FROM agreement_party l JOIN agreement t ON t.id = l.agreement_id;
CREATE TRIGGER agreement_party_added AFTER INSERT ON agreement_party BEGIN
    INSERT INTO company_agreement (company_id, announced_on, id)
        SELECT NEW.company_id, t.announced_on, t.id FROM agreement t
        WHERE t.id = NEW.agreement_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER agreement_party_removed AFTER DELETE ON agreement_party BEGIN
    DELETE FROM company_agreement WHERE company_id = OLD.company_id AND id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_party l
            WHERE l.agreement_id = OLD.agreement_id AND l.company_id = OLD.company_id);
END;
CREATE TRIGGER agreement_party_moved AFTER UPDATE OF company_id, agreement_id ON agreement_party BEGIN
    DELETE FROM company_agreement WHERE company_id = OLD.company_id AND id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_party l
            WHERE l.agreement_id = OLD.agreement_id AND l.company_id = OLD.company_id);
    INSERT INTO company_agreement (company_id, announced_on, id)
        SELECT NEW.company_id, t.announced_on, t.id FROM agreement t
        WHERE t.id = NEW.agreement_id ON CONFLICT DO NOTHING;
END;

CREATE TABLE area_agreement (
    area_id INTEGER NOT NULL,
    announced_on TEXT,
    id INTEGER NOT NULL,
    PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX area_agreement_announced_on_idx ON area_agreement (area_id, announced_on DESC, id);
INSERT INTO area_agreement (area_id, announced_on, id)
    SELECT DISTINCT l.area_id, t.announced_on, t.id FROM agreement_area l JOIN agreement t ON t.id = l.agreement_id;
CREATE TRIGGER agreement_area_added AFTER INSERT ON agreement_area BEGIN
    INSERT INTO area_agreement (area_id, announced_on, id)
        SELECT NEW.area_id, t.announced_on, t.id FROM agreement t
        WHERE t.id = NEW.agreement_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER agreement_area_removed AFTER DELETE ON agreement_area BEGIN
    DELETE FROM area_agreement WHERE area_id = OLD.area_id AND id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_area l
            WHERE l.agreement_id = OLD.agreement_id AND l.area_id = OLD.area_id);
END;
CREATE TRIGGER agreement_area_moved AFTER UPDATE OF area_id, agreement_id ON agreement_area BEGIN
    DELETE FROM area_agreement WHERE area_id = OLD.area_id AND id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_area l
            WHERE l.agreement_id = OLD.agreement_id AND l.area_id = OLD.area_id);
    INSERT INTO area_agreement (area_id, announced_on, id)
        SELECT NEW.area_id, t.announced_on, t.id FROM agreement t
        WHERE t.id = NEW.agreement_id ON CONFLICT DO NOTHING;
END;

CREATE TABLE area_patent (
    area_id INTEGER NOT NULL,
    publication_number TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX area_patent_publication_number_idx ON area_patent (area_id, publication_number, id);
INSERT INTO area_patent (area_id, publication_number, id)
    SELECT DISTINCT l.area_id, t.publication_number, t.id FROM patent_area l JOIN patent t ON t.id = l.patent_id;
CREATE TRIGGER patent_area_added AFTER INSERT ON patent_area BEGIN
    INSERT INTO area_patent (area_id, publication_number, id)
        SELECT NEW.area_id, t.publication_number, t.id FROM patent t
        WHERE t.id = NEW.patent_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER patent_area_removed AFTER DELETE ON patent_area BEGIN
    DELETE FROM area_patent WHERE area_id = OLD.area_id AND id = OLD.patent_id
        AND NOT EXISTS (SELECT 1 FROM patent_area l
            WHERE l.patent_id = OLD.patent_id AND l.area_id = OLD.area_id);
END;
CREATE TRIGGER patent_area_moved AFTER UPDATE OF area_id, patent_id ON patent_area BEGIN
    DELETE FROM area_patent WHERE area_id = OLD.area_id AND id = OLD.patent_id
        AND NOT EXISTS (SELECT 1 FROM patent_area l
            WHERE l.patent_id = OLD.patent_id AND l.area_id = OLD.area_id);
    INSERT INTO area_patent (area_id, publication_number, id)
        SELECT NEW.area_id, t.publication_number, t.id FROM patent t
        WHERE t.id = NEW.patent_id ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER agreement_announced AFTER UPDATE OF announced_on ON agreement WHEN OLD.announced_on IS NOT NEW.announced_on BEGIN
    UPDATE company_agreement SET announced_on = NEW.announced_on WHERE id = NEW.id
        AND company_id IN (SELECT l.company_id FROM agreement_party l WHERE l.agreement_id = NEW.id);
    UPDATE area_agreement SET announced_on = NEW.announced_on WHERE id = NEW.id
        AND area_id IN (SELECT l.area_id FROM agreement_area l WHERE l.agreement_id = NEW.id);
END;
CREATE TRIGGER patent_numbered AFTER UPDATE OF publication_number ON patent WHEN OLD.publication_number <> NEW.publication_number BEGIN
    UPDATE area_patent SET publication_number = NEW.publication_number WHERE id = NEW.id
        AND area_id IN (SELECT l.area_id FROM patent_area l WHERE l.patent_id = NEW.id);
END;

-- The other key beside the order: what a party leads to is found without a look at the table.
DROP INDEX agreement_party_agreement_id_idx;
CREATE INDEX agreement_party_agreement_id_idx ON agreement_party (agreement_id, role, id, company_id);
DROP INDEX agreement_party_company_id_idx;
CREATE INDEX agreement_party_company_id_idx ON agreement_party (company_id, role, id, agreement_id);
