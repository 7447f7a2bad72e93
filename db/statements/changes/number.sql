-- Store: changes.number
SELECT number_changes()
