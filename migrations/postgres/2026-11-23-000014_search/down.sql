DROP TABLE search_near;
DROP TABLE search_word;
DROP TABLE search_entry;
