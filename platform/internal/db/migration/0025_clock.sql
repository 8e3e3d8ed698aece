-- While the clock is moved it stands at each instant until the work due then
-- is done. moved_by is the process that moves it; resumes says that it ran
-- before and runs on afterwards.
ALTER TABLE clock ADD COLUMN moved_by {{int}};
ALTER TABLE clock ADD COLUMN resumes {{int}} NOT NULL DEFAULT 0;
ALTER TABLE clock ADD COLUMN attempt_limit_ms {{int}};

-- Moves of the clock that the control API made, and what happened on the way.
CREATE TABLE clock_operation (
  id          {{id}},
  status      TEXT NOT NULL,
  from_ms     {{int}} NOT NULL, -- business time, as the two below
  to_ms       {{int}} NOT NULL,
  now_ms      {{int}} NOT NULL,
  fired_count {{int}} NOT NULL,
  process     {{int}} NOT NULL,
  stopping    {{int}} NOT NULL DEFAULT 0,
  error       TEXT
);
CREATE TABLE clock_fired (
  operation_id {{int}} NOT NULL REFERENCES clock_operation (id),
  n            {{int}} NOT NULL, -- from 1
  at_ms        {{int}} NOT NULL, -- business time
  kind         TEXT NOT NULL,
  topic        TEXT NOT NULL,
  resource     TEXT NOT NULL,
  store_id     {{int}},
  attempt      {{int}} NOT NULL,
  outcome      TEXT NOT NULL,
  PRIMARY KEY (operation_id, n)
);
CREATE INDEX delivery_attempt_started ON delivery_attempt (started_ms);
