"""Lambda: the packaged program as a process, fed through a Runtime API."""
