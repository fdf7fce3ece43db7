-- What the answers of each day were like, for noticing that photos have changed. Every column is explained in docs/storage.md.

CREATE TABLE answer_days (
  day             INTEGER NOT NULL,
  head_version    INTEGER NOT NULL,
  answers         INTEGER NOT NULL,
  unknown         INTEGER NOT NULL,
  entropy_sum     REAL    NOT NULL,
  entropy_squares REAL    NOT NULL,
  PRIMARY KEY (day, head_version)
) STRICT;
