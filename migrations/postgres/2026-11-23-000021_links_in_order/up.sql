-- Links again, in the order of what they lead to: an agreement's day or a patent's number stands beside the keys, so that the
-- first rows of a company or an area are found in an index, however many it has. Triggers keep them.
-- What a trigger reads of an agreement or a patent it locks, so that a change of it by another transaction is either seen or
-- waits, and then finds the link.

CREATE TABLE company_agreement (
    company_id BIGINT NOT NULL,
    announced_on DATE,
    id BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX company_agreement_announced_on_idx ON company_agreement (company_id, announced_on DESC, id);
INSERT INTO company_agreement (company_id, announced_on, id)
    SELECT DISTINCT l.company_id, t.announced_on, t.id FROM agreement_party l JOIN agreement t ON t.id = l.agreement_id;
CREATE FUNCTION agreement_party_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO company_agreement (company_id, announced_on, id)
        SELECT l.company_id, t.announced_on, t.id FROM added l JOIN agreement t ON t.id = l.agreement_id
        FOR SHARE OF t ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_party_added AFTER INSERT ON agreement_party REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION agreement_party_added();
CREATE FUNCTION agreement_party_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM agreement t WHERE t.id = OLD.agreement_id FOR NO KEY UPDATE;
    DELETE FROM company_agreement k WHERE k.company_id = OLD.company_id AND k.id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_party l
            WHERE l.agreement_id = OLD.agreement_id AND l.company_id = OLD.company_id);
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO company_agreement (company_id, announced_on, id)
            SELECT NEW.company_id, t.announced_on, t.id FROM agreement t
            WHERE t.id = NEW.agreement_id FOR SHARE ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_party_changed AFTER DELETE OR UPDATE OF company_id, agreement_id ON agreement_party
    FOR EACH ROW EXECUTE FUNCTION agreement_party_changed();

CREATE TABLE area_agreement (
    area_id BIGINT NOT NULL,
    announced_on DATE,
    id BIGINT NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX area_agreement_announced_on_idx ON area_agreement (area_id, announced_on DESC, id);
INSERT INTO area_agreement (area_id, announced_on, id)
    SELECT DISTINCT l.area_id, t.announced_on, t.id FROM agreement_area l JOIN agreement t ON t.id = l.agreement_id;
CREATE FUNCTION agreement_area_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO area_agreement (area_id, announced_on, id)
        SELECT l.area_id, t.announced_on, t.id FROM added l JOIN agreement t ON t.id = l.agreement_id
        FOR SHARE OF t ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_area_added AFTER INSERT ON agreement_area REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION agreement_area_added();
CREATE FUNCTION agreement_area_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM agreement t WHERE t.id = OLD.agreement_id FOR NO KEY UPDATE;
    DELETE FROM area_agreement k WHERE k.area_id = OLD.area_id AND k.id = OLD.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreement_area l
            WHERE l.agreement_id = OLD.agreement_id AND l.area_id = OLD.area_id);
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO area_agreement (area_id, announced_on, id)
            SELECT NEW.area_id, t.announced_on, t.id FROM agreement t
            WHERE t.id = NEW.agreement_id FOR SHARE ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_area_changed AFTER DELETE OR UPDATE OF area_id, agreement_id ON agreement_area
    FOR EACH ROW EXECUTE FUNCTION agreement_area_changed();

CREATE TABLE area_patent (
    area_id BIGINT NOT NULL,
    publication_number TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX area_patent_publication_number_idx ON area_patent (area_id, publication_number, id);
INSERT INTO area_patent (area_id, publication_number, id)
    SELECT DISTINCT l.area_id, t.publication_number, t.id FROM patent_area l JOIN patent t ON t.id = l.patent_id;
CREATE FUNCTION patent_area_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO area_patent (area_id, publication_number, id)
        SELECT l.area_id, t.publication_number, t.id FROM added l JOIN patent t ON t.id = l.patent_id
        FOR SHARE OF t ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER patent_area_added AFTER INSERT ON patent_area REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION patent_area_added();
CREATE FUNCTION patent_area_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM patent t WHERE t.id = OLD.patent_id FOR NO KEY UPDATE;
    DELETE FROM area_patent k WHERE k.area_id = OLD.area_id AND k.id = OLD.patent_id
        AND NOT EXISTS (SELECT 1 FROM patent_area l
            WHERE l.patent_id = OLD.patent_id AND l.area_id = OLD.area_id);
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO area_patent (area_id, publication_number, id)
            SELECT NEW.area_id, t.publication_number, t.id FROM patent t
            WHERE t.id = NEW.patent_id FOR SHARE ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER patent_area_changed AFTER DELETE OR UPDATE OF area_id, patent_id ON patent_area
    FOR EACH ROW EXECUTE FUNCTION patent_area_changed();

CREATE FUNCTION agreement_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE company_agreement k SET announced_on = NEW.announced_on FROM agreement_party l
        WHERE l.agreement_id = NEW.id AND k.company_id = l.company_id AND k.id = NEW.id;
    UPDATE area_agreement k SET announced_on = NEW.announced_on FROM agreement_area l
        WHERE l.agreement_id = NEW.id AND k.area_id = l.area_id AND k.id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_announced AFTER UPDATE OF announced_on ON agreement
    FOR EACH ROW WHEN (OLD.announced_on IS DISTINCT FROM NEW.announced_on) EXECUTE FUNCTION agreement_announced();

CREATE FUNCTION patent_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE area_patent k SET publication_number = NEW.publication_number FROM patent_area l
        WHERE l.patent_id = NEW.id AND k.area_id = l.area_id AND k.id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER patent_numbered AFTER UPDATE OF publication_number ON patent
    FOR EACH ROW WHEN (OLD.publication_number IS DISTINCT FROM NEW.publication_number) EXECUTE FUNCTION patent_numbered();

-- The other key beside the order: what a party leads to is found without a look at the table.
DROP INDEX agreement_party_agreement_id_idx;
CREATE INDEX agreement_party_agreement_id_idx ON agreement_party (agreement_id, role, id, company_id);
DROP INDEX agreement_party_company_id_idx;
CREATE INDEX agreement_party_company_id_idx ON agreement_party (company_id, role, id, agreement_id);
