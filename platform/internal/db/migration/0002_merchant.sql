CREATE TABLE store (
  id          {{id}},
  name        TEXT NOT NULL,
  email       TEXT NOT NULL,
  phone       TEXT NOT NULL,
  currency    TEXT NOT NULL,
  image       TEXT,
  address     TEXT,
  domain      TEXT NOT NULL UNIQUE,
  language    TEXT NOT NULL,
  created_ms  {{int}} NOT NULL,
  updated_ms  {{int}} NOT NULL
);

-- People who sign in to the dashboard. Roles: comma-separated.
CREATE TABLE account (
  id            {{id}},
  name          TEXT NOT NULL,
  email         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  roles         TEXT NOT NULL,
  created_ms    {{int}} NOT NULL
);

CREATE TABLE account_store (
  account_id {{int}} NOT NULL REFERENCES account (id),
  store_id   {{int}} NOT NULL REFERENCES store (id),
  PRIMARY KEY (account_id, store_id)
);

-- Dashboard sessions, in machine time. The row outlives its end so that a
-- used token is told apart from an unknown one.
CREATE TABLE session (
  id         {{id}},
  account_id {{int}} NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_ms {{int}} NOT NULL,
  expires_ms {{int}} NOT NULL,
  ended_ms   {{int}}
);
