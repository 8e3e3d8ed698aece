-- Rules by which the platform misbehaves on purpose.
CREATE TABLE fault (
  id            {{id}},
  applies_to    TEXT NOT NULL, -- webhook | api
  effect        TEXT NOT NULL,
  app_id        {{int}} REFERENCES app (id), -- NULL: any, as empty or 0 in the four below
  store_id      {{int}} NOT NULL,
  topic         TEXT NOT NULL,
  route         TEXT NOT NULL,
  first_n       {{int}} NOT NULL,
  every_n       {{int}} NOT NULL,
  delay_ms      {{int}} NOT NULL,
  retry_after_s {{int}} NOT NULL,
  matches       {{int}} NOT NULL,
  hits          {{int}} NOT NULL,
  created_ms    {{int}} NOT NULL
);
ALTER TABLE delivery_attempt ADD COLUMN fault TEXT; -- the effect of the rule that acted on it
