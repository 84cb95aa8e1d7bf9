-- id: names the archive's file. version: counted from 1 for each username and name. token: the secret of the upload.
-- metadata, variables: JSON, {"key": "value", …}. tf_vars: JSON, [{"key", "value", "hcl"}, …].
-- expires_at: seconds since 1970. size and sha256: of the archive, null until it is there.
-- failure: why the last attempt to upload it failed.
CREATE TABLE configuration_versions (
  id INTEGER NOT NULL PRIMARY KEY,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  token TEXT NOT NULL UNIQUE,
  metadata TEXT NOT NULL,
  variables TEXT NOT NULL,
  tf_vars TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  size INTEGER,
  sha256 TEXT,
  failure TEXT,
  UNIQUE (username, name, version)
) STRICT;
