-- Every set of extensions that an app deployed.
CREATE TABLE extension_version (
  app_id      {{int}} NOT NULL REFERENCES app (id),
  version     {{int}} NOT NULL, -- 1, 2, 3 … in each app
  message     TEXT NOT NULL,
  extensions  TEXT NOT NULL, -- JSON array
  is_active   {{int}} NOT NULL, -- of one version of the app
  deployed_ms {{int}} NOT NULL,
  PRIMARY KEY (app_id, version)
);
CREATE UNIQUE INDEX extension_version_active ON extension_version (app_id) WHERE is_active = 1;
