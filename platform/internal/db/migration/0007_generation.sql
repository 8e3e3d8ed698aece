-- How often the app has been installed on the store: a session token is good
-- only for the generation it was issued in.
ALTER TABLE installation ADD COLUMN generation {{int}} NOT NULL DEFAULT 1;
