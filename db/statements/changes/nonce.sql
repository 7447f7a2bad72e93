-- Store: changes.nonce
-- $1 int8
SELECT nonce::BIGINT FROM changes WHERE position = $1
