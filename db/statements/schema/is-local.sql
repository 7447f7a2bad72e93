-- Schema: schema.is-local
SELECT coalesce(host(inet_server_addr())::INET <<= '127.0.0.0/8' OR host(inet_server_addr()) = '::1', true)
