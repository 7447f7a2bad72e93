-- Store: batches.next
SELECT nextval('batches_id_seq'), now()
