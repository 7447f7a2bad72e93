"""Keys that the archive holds, without the command that makes them."""

import hashlib

from support.psql import sql


def hold(address, secret, *scopes, name=None):
    """From now on `secret` is a key with these scopes; a server that runs knows it within some seconds."""
    listed = ", ".join(f"'{scope}'" for scope in scopes)
    sql(address, f"""
        INSERT INTO access_keys (prefix, digest, name, scopes, created_by)
        VALUES ('{secret[:8]}', '\\x{hashlib.sha256(secret.encode()).hexdigest()}', '{name or " ".join(scopes)}', ARRAY[{listed}], 'test')""")
