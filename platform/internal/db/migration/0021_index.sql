-- SQLite prepares every statement that has parameters anew each time when a
-- table in it has an index WHERE … IS NOT NULL: it looks at the parameters to
-- find out whether the index may be used. These are whole instead.
DROP INDEX installation_redaction;
CREATE INDEX installation_redaction ON installation (redact_due_ms);
DROP INDEX delivery_claimed;
CREATE INDEX delivery_claimed ON delivery (claimed_ms);
DROP INDEX delivery_after;
CREATE INDEX delivery_after ON delivery (after_id);
DROP INDEX app_next_webhook;
CREATE INDEX app_next_webhook ON app (next_webhook_ms);
DROP INDEX app_store;
CREATE INDEX app_store ON app (store_id);
DROP INDEX message_due;
CREATE INDEX message_due ON message (due_ms);
