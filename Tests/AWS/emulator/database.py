"""Instances of RDS: each is a Postgres of its own with TLS, whose IAM users log in with a token, made, restored and removed as moto is told."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from emulator.login import LoginServer

_AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(shutil.which("initdb")).parent


def run(program, *arguments, text=""):
    command = [*_AS_POSTGRES, str(programs() / program), *map(str, arguments)]
    return subprocess.run(command, cwd="/", check=True, input=text, capture_output=True, text=True, timeout=120).stdout


PORT = 5432


def free_address():
    """An address of this machine's own network 127.0.0.0/8 on which nobody uses the port: so each instance has the usual one."""
    while True:
        address = f"127.{secrets.randbelow(250) + 2}.{secrets.randbelow(250)}.{secrets.randbelow(250) + 1}"
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((address, PORT))
            return address


class Instance:
    """Its administrator is the superuser `rdsadmin` on a socket; the owner of the account has the master user."""

    def __init__(self, folder, identifier, host, resource, account, region, authority):
        self.folder, self.identifier, self.host, self.resource = folder / identifier, identifier, host, resource
        self.address, self.port = free_address(), PORT
        self.login = LoginServer(account, region)
        self.login.host, self.login.database_port, self.login.resource = host, self.port, resource
        self.folder.mkdir()
        if _AS_POSTGRES:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
        self.data, self.authority = self.folder / "data", authority

    def create(self, name, master, password):
        run("initdb", "-D", self.data, "-U", "rdsadmin", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", "--wal-segsize=1")
        self.start()
        self.sql("CREATE ROLE rds_iam; CREATE ROLE rds_superuser; GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO rds_superuser WITH ADMIN OPTION")
        self.sql(f"CREATE ROLE \"{master}\" LOGIN CREATEROLE CREATEDB IN ROLE rds_superuser; REVOKE ALL ON DATABASE template1 FROM PUBLIC")
        self.set_password(master, password)
        if name:
            self.sql(f"CREATE DATABASE \"{name}\" OWNER \"{master}\"")

    def restore(self, source):
        """Everything that `source` holds, and its roles."""
        run("pg_basebackup", "-h", source.folder, "-p", source.port, "-U", "rdsadmin", "-D", self.data, "-X", "stream", "-c", "fast", "--no-sync")
        self.start()

    def set_password(self, user, password):
        quoted = password.replace("'", "''")
        self.sql(f"ALTER ROLE \"{user}\" PASSWORD '{quoted}'")

    def start(self):
        self._write_certificate()
        self.write_access()
        settings = {
            "listen_addresses": self.address, "port": self.port, "unix_socket_directories": self.folder, "fsync": "off", "ssl": "on",
            "log_connections": "on", "password_encryption": "scram-sha-256", "max_connections": 60, "wal_recycle": "off"}
        run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", 60, "-o",
            " ".join(f"-c {name}='{value}'" for name, value in settings.items()), "start")

    def renew(self):
        """Shows a new certificate, of what `authority` now is, to whoever connects from here on."""
        self._write_certificate()
        run("pg_ctl", "-D", self.data, "reload")

    def _write_certificate(self):
        certificate, key = self.authority.issue(self.host)
        for name, pem in (("server.crt", certificate), ("server.key", key)):
            path = self.data / name
            path.write_bytes(pem)
            path.chmod(0o600)
            if _AS_POSTGRES:
                shutil.chown(path, "postgres", "postgres")

    def write_access(self):
        """As with force SSL: only TLS is let in; who is a member of `rds_iam`, also through another role, has to have a token."""
        access = self.data / "pg_hba.conf"
        access.write_text(
            "local all rdsadmin trust\nlocal replication rdsadmin trust\n"
            f"hostssl all +rds_iam 127.0.0.0/8 ldap ldapserver=127.0.0.1 ldapport={self.login.port} ldapprefix=\"cn=\" ldapsuffix=\"\"\n"
            "hostssl all all 127.0.0.0/8 scram-sha-256\n")
        if _AS_POSTGRES:
            shutil.chown(access, "postgres", "postgres")

    def url(self, database="xmonitor"):
        """As the superuser, past everything."""
        return f"postgresql:///{database}?host={self.folder}&port={self.port}&user=rdsadmin"

    def sql(self, query, database="postgres"):
        # By its input: arguments are seen by every process, and one statement sets a password.
        return run("psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url(database), text=query).strip()

    def stop(self):
        subprocess.run([*_AS_POSTGRES, str(programs() / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "-w", "stop"], cwd="/",
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        self.login.shutdown()
        self.login.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Instances:
    """By their identifiers. `names` are further host names, as a wrong entry of a name server would be."""

    def __init__(self, folder, authority):
        self.folder, self.authority, self.all, self.names = folder, authority, {}, {}
        folder.mkdir()
        folder.chmod(0o755)

    def add(self, identifier, *arguments):
        made = Instance(self.folder, identifier, *arguments, self.authority)
        self.all[identifier] = made
        return made

    def address_of(self, host):
        """What a name server would say; None for a host that nobody has."""
        return next((one.address for one in self.all.values() if one.host == host), self.names.get(host))

    def remove(self, identifier):
        if gone := self.all.pop(identifier, None):
            gone.stop()

    def stop(self):
        for identifier in list(self.all):
            self.remove(identifier)
