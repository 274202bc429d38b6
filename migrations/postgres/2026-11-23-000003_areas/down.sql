DROP TABLE area_prefix;
DROP TABLE cooperation_area;
