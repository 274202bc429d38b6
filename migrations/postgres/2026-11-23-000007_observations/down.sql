DROP TABLE statement;
DROP TABLE observation;
DROP TABLE rivalry;
DROP TABLE market;
