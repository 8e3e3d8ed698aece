-- Answers to writes that carried an Idempotency-Key. Times are machine time.
CREATE TABLE idempotency_key (
  owner       TEXT NOT NULL, -- the app on a store, or the dashboard user
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- SHA-256 of what was asked for
  status      {{int}} NOT NULL,
  body        {{blob}} NOT NULL,
  created_ms  {{int}} NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_ms);
