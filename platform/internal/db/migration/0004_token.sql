-- Authorization requests that wait for the merchant's decision (machine time).
CREATE TABLE authorization_request (
  id             TEXT PRIMARY KEY,
  app_id         {{int}} NOT NULL REFERENCES app (id),
  store_id       {{int}} NOT NULL REFERENCES store (id),
  redirect_uri   TEXT NOT NULL,
  scopes         TEXT NOT NULL,
  state          TEXT NOT NULL,
  code_challenge TEXT,
  expires_ms     {{int}} NOT NULL,
  decided_ms     {{int}}
);
CREATE INDEX authorization_request_expires ON authorization_request (expires_ms);

-- Authorization codes (machine time). The first use sets used_ms and the
-- family it gave; a second use revokes that family.
CREATE TABLE authorization_code (
  hash           TEXT PRIMARY KEY,
  app_id         {{int}} NOT NULL REFERENCES app (id),
  store_id       {{int}} NOT NULL REFERENCES store (id),
  account_id     {{int}} NOT NULL REFERENCES account (id),
  redirect_uri   TEXT NOT NULL,
  scopes         TEXT NOT NULL,
  code_challenge TEXT,
  expires_ms     {{int}} NOT NULL,
  used_ms        {{int}},
  revoked_ms     {{int}},
  family         TEXT
);

-- Access tokens; expiry in business time.
CREATE TABLE access_token (
  hash            TEXT PRIMARY KEY,
  installation_id {{int}} NOT NULL REFERENCES installation (id),
  family          TEXT NOT NULL,
  scopes          TEXT NOT NULL,
  created_ms      {{int}} NOT NULL,
  expires_ms      {{int}} NOT NULL,
  revoked_ms      {{int}}
);
CREATE INDEX access_token_installation ON access_token (installation_id);
CREATE INDEX access_token_family ON access_token (family);

-- Refresh tokens. used_ms starts the grace of a replaced token.
CREATE TABLE refresh_token (
  hash            TEXT PRIMARY KEY,
  installation_id {{int}} NOT NULL REFERENCES installation (id),
  family          TEXT NOT NULL,
  scopes          TEXT NOT NULL,
  created_ms      {{int}} NOT NULL,
  expires_ms      {{int}} NOT NULL, -- machine time
  used_ms         {{int}},          -- machine time
  revoked_ms      {{int}}
);
CREATE INDEX refresh_token_installation ON refresh_token (installation_id);
CREATE INDEX refresh_token_family ON refresh_token (family);
