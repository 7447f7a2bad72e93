-- Store: erase.forget-stages
DELETE FROM import_stages
