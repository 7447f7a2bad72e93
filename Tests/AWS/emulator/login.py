"""The login of RDS with IAM: an LDAP server that Postgres asks, which computes the token once more and looks up the role's right."""

import datetime
import socketserver
import threading

from emulator import identity, signatures

INVALID_CREDENTIALS, SUCCESS = 49, 0


class LoginServer(socketserver.ThreadingTCPServer):
    """One for each instance of the database, whose name, port, region and resource a token is bound to. `refusals` says why."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, account, region):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.account, self.region, self.host, self.database_port, self.resource = account, region, None, None, None
        self.clock_offset, self.refusals, self.users = datetime.timedelta(), [], []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def check(self, user, token):
        """Raises signatures.Invalid for a token that the database would refuse."""
        address, _, query = token.partition("/?")
        if address != f"{self.host}:{self.database_port}":
            raise signatures.Invalid("the token is for another host or port")
        now = datetime.datetime.now(datetime.UTC) + self.clock_offset
        who = signatures.holder(query, "rds-db", self.region, "GET", "/", address, now)
        if f"DBUser={user}" not in query.split("&") or "Action=connect" not in query.split("&"):
            raise signatures.Invalid("the token is for another user or action")
        if not identity.may(who.role, "rds-db:connect", f"arn:aws:rds-db:{self.region}:{self.account}:dbuser:{self.resource}/{user}"):
            raise signatures.Invalid(f"{who.role} has no right to connect as {user}")


class _Handler(socketserver.BaseRequestHandler):
    """Of LDAP only the simple bind: 0x60 a request, 0x61 its answer (RFC 4511)."""

    def handle(self):
        self.request.settimeout(10)
        try:
            message = _element(self._read())[1]
            _, number, rest = _element(message)
            _, bind, _ = _element(rest)
            _, _, rest = _element(bind)
            _, name, rest = _element(rest)
            _, password, _ = _element(rest)
        except (OSError, IndexError):
            return
        user = name.decode().removeprefix("cn=")
        try:
            self.server.check(user, password.decode())
            code = SUCCESS
            self.server.users.append(user)
        except signatures.Invalid as invalid:
            self.server.refusals.append((user, str(invalid)))
            code = INVALID_CREDENTIALS
        answer = bytes([0x02, len(number)]) + number + bytes([0x61, 7, 0x0A, 1, code, 4, 0, 4, 0])
        try:
            self.request.sendall(bytes([0x30, len(answer)]) + answer)
            self.request.recv(1024)
        except OSError:
            pass

    def _read(self):
        """A whole message: a token is longer than one packet may be."""
        data = self.request.recv(65536)
        while data and len(data) < _size(data):
            more = self.request.recv(65536)
            if not more:
                break
            data += more
        return data


def _length(data):
    """The length of the content of an element, and where it begins."""
    if data[1] < 0x80:
        return data[1], 2
    count = data[1] & 0x7F
    return int.from_bytes(data[2:2 + count], "big"), 2 + count


def _size(data):
    length, start = _length(data)
    return start + length


def _element(data):
    """The first element: its tag, its content, and what follows."""
    length, start = _length(data)
    return data[0], data[start:start + length], data[start + length:]
