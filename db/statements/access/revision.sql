-- Store: access.revision
SELECT revision FROM access_revision
