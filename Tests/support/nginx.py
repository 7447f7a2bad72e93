"""nginx with the settings of packaging/nginx, but for ports, certificate and folders."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

from support.waiting import until

ROOT = Path(__file__).parents[2]


def free_port():
    """The address that readers come by has to be known before the server behind it starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """`address` is known at once; `start` needs the server that it stands in front of."""

    def __init__(self, folder, example):
        self.folder, self.example = folder, (ROOT / "packaging/nginx" / example).read_text(encoding="utf-8")
        self.plain, self.port, self.process = free_port(), free_port(), None
        self.address = f"https://127.0.0.1:{self.port}"
        self.trust = folder / "certificate.pem"

    def start(self, server):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.trust], check=True, capture_output=True)
        (self.folder / "nginx.conf").write_text(self._settings(server))
        command = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert command, "nginx is not installed: apt-get install nginx-light"
        self.log = self.folder / "nginx.log"
        self.process = subprocess.Popen([command, "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.log])
        until(self._answers, otherwise=lambda: self.log.read_text())
        return self

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait(60)

    def _answers(self):
        assert self.process.poll() is None, self.log.read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _settings(self, server):
        text = self.example.replace("127.0.0.1:8080", server.removeprefix("http://"))
        assert text != self.example
        if "server_name" not in text:
            text = "server { listen 443 ssl http2; ssl_certificate x; ssl_certificate_key x;\n" + text + "}"
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.port} ").replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        text = re.sub(r"ssl_certificate [^;]+", f"ssl_certificate {self.trust}", text)
        text = re.sub(r"ssl_certificate_key [^;]+", f"ssl_certificate_key {self.folder}/key.pem", text)
        folders = "".join(f"{name}_temp_path {self.folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.geteuid() == 0 else ""
        return f"{user}daemon off;\npid {self.folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{text}\n}}\n"

    @property
    def context(self):
        """What a client needs in order to trust it."""
        return ssl.create_default_context(cafile=self.trust)
