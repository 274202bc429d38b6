DROP TABLE citation;
DROP TABLE fact_kind;
