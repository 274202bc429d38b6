DROP TABLE appointment;
DROP TABLE person;
DROP TABLE company_relation;
DROP TABLE company_name;
DROP TABLE company;
