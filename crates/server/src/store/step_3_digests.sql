-- digest: SHA-256 of the upload's token, in hexadecimal digits; the token itself is kept nowhere.
ALTER TABLE configuration_versions RENAME COLUMN token TO digest;

-- The numbers given so far. They outlive the versions whose upload expired, so that none is given twice.
CREATE TABLE configurations (
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  versions INTEGER NOT NULL,
  PRIMARY KEY (username, name)
) STRICT;

INSERT INTO configurations SELECT username, name, max(version) FROM configuration_versions GROUP BY username, name;

-- Finds the uploads that expired.
CREATE INDEX configuration_versions_without_archive ON configuration_versions (expires_at) WHERE size IS NULL;
