-- What apps are told besides events: the hooks of install and uninstall. Such
-- a row is a message to one app and nothing that the live feed tells.
ALTER TABLE event ADD COLUMN hook {{int}} NOT NULL DEFAULT 0;
