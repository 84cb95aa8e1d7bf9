-- position: the order of the list, the highest first. archs: JSON, [{"url", "sha", "os", "arch"}, …].
-- created_at: ISO 8601 in UTC, null where nobody knows. usage: how many workspaces use the version.
CREATE TABLE terraform_versions (
  id TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  version TEXT NOT NULL UNIQUE,
  archs TEXT NOT NULL,
  official INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  beta INTEGER NOT NULL,
  deprecated INTEGER NOT NULL,
  deprecated_reason TEXT,
  usage INTEGER NOT NULL,
  created_at TEXT
) STRICT;

-- Covers the search for the rows of a page, and the search by a part of a version.
CREATE INDEX terraform_versions_in_order ON terraform_versions (position, version);
