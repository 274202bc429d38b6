DROP TABLE change;
DROP TABLE change_counter;
