-- Store: future.clock
SELECT now()
