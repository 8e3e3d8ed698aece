-- The developer portal.
ALTER TABLE app ADD COLUMN screenshots TEXT NOT NULL DEFAULT '[]'; -- JSON array
ALTER TABLE app ADD COLUMN metadata TEXT; -- JSON
ALTER TABLE app ADD COLUMN review_note TEXT NOT NULL DEFAULT '';
ALTER TABLE app ADD COLUMN submitted_ms {{int}};
ALTER TABLE app ADD COLUMN reviewed_ms {{int}};

-- A webhook secret on its way: it signs beside the current one until next_webhook_ms.
ALTER TABLE app ADD COLUMN next_webhook_secret {{blob}}; -- sealed
ALTER TABLE app ADD COLUMN next_webhook_ms {{int}};
CREATE INDEX app_next_webhook ON app (next_webhook_ms) WHERE next_webhook_ms IS NOT NULL;

-- The one store of a custom app; NULL for the apps of the platform.
ALTER TABLE app ADD COLUMN store_id {{int}} REFERENCES store (id);
CREATE INDEX app_store ON app (store_id) WHERE store_id IS NOT NULL;
CREATE INDEX app_owner ON app (owner_id, id);

-- When the consent was given that the scopes are of (machine time).
ALTER TABLE installation ADD COLUMN consent_ms {{int}} NOT NULL DEFAULT 0;

-- What has expired is deleted.
CREATE INDEX authorization_code_expires ON authorization_code (expires_ms);
CREATE INDEX access_token_expires ON access_token (expires_ms);
CREATE INDEX refresh_token_expires ON refresh_token (expires_ms);
CREATE INDEX session_expires ON session (expires_ms);
