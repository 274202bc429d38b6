DROP TABLE patent_transfer_patent;
DROP TABLE patent_transfer_party;
DROP TABLE patent_transfer;
