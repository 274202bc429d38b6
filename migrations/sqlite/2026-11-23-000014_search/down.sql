DROP TABLE search_text_patent;
DROP TABLE search_text_agreement;
DROP TABLE search_text_person;
DROP TABLE search_text_area;
DROP TABLE search_text_company;
DROP TABLE search_near;
DROP TABLE search_word;
DROP TABLE search_entry;
