DROP TABLE name_rules;
