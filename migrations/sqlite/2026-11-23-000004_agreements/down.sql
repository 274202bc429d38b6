DROP TABLE agreement_area;
DROP TABLE cooperation;
DROP TABLE licence_grant;
DROP TABLE agreement_party;
DROP TABLE agreement;
