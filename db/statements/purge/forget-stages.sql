-- Store: purge.forget-stages
DELETE FROM import_stages
