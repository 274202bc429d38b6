DROP TABLE patent_citation;
DROP TABLE patent_area;
DROP TABLE licence_grant_patent;
DROP TABLE patent_classification;
DROP TABLE patent;
