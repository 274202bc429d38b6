DROP TABLE name_candidate;
DROP TABLE company_key;
