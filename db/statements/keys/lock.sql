-- Store: keys.lock
SELECT revision FROM access_revision FOR UPDATE
