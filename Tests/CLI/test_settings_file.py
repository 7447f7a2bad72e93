"""A file of settings has a grammar; what does not fit it is named by its line, and never shown."""

import json

import pytest

SECRET = "hunter2hunter2hunter2"


def write(program, content, name=".env"):
    (program.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def shown(program, *arguments):
    return json.loads(program("config", "--json", *arguments))


@pytest.mark.parametrize("line, value", [
    ("{}=a", "a"), ("  {}=a  ", "a"), ("export {}=a", "a"), ("\texport \t {}='a b'", "a b"), ("{}=", None), ("{}= # nothing", None), ("{}=''", None),
    ("{}=a # b", "a"), ("{}=a\t# b", "a"), ("{}=a#b", "a#b"), ("{}='a # b'", "a # b"), ("{}='a' # b", "a"), ('{}="a b"', "a b"),
    (r'{}="a\"b\\c"', r'a"b\c'), (r"{}='a\n$HOME'", r"a\n$HOME"), ("{}=$HOME`x`", "$HOME`x`"), ("{}=a=b", "a=b"), ("{}='a=\"b\"'", 'a="b"'), ("{}=é", "é"),
    ("# {}=b\n\n  # c\n{}=a", "a")])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line(xmonitor, line, value, end, mark):
    write(xmonitor, mark + line.replace("{}", "XMONITOR_CONTACT").replace("\n", end or "\n") + end)
    assert shown(xmonitor)["XMONITOR_CONTACT"]["value"] == value


@pytest.mark.parametrize("line", [
    b"XMONITOR_API_KEY", b"XMONITOR_API_KEY hunter2", b"XMONITOR_API_KEY: hunter2", b"XMONITOR_API_KEY =hunter2", b"XMONITOR_API_KEY= hunter2",
    b"=hunter2", b"1XMONITOR_API_KEY=hunter2", b"XMONITOR-API-KEY=hunter2", b"export", b"exportXMONITOR_API_KEY =hunter2", b"set XMONITOR_API_KEY=hunter2",
    b"XMONITOR_API_KEY='hunter2", b'XMONITOR_API_KEY="hunter2', b"XMONITOR_API_KEY='hunter2'hunter2", b"XMONITOR_API_KEY='hunter2'#", b"XMONITOR_API_KEY=hun'ter2",
    b"XMONITOR_API_KEY=hunter2 hunter2", b"XMONITOR_API_KEY=hunter2\\", b'XMONITOR_API_KEY="hunter2\\n"', b'XMONITOR_API_KEY="hunter2\\"', b"XMONITOR_API_KEY=hunter2\x00",
    b"XMONITOR_API_KEY=hunter2\rXMONITOR_PORT=1", b"XMONITOR_API_KEY=\xffhunter2", "\ufeffXMONITOR_API_KEY=hunter2".encode("utf-16"), b"{'XMONITOR_API_KEY': 'hunter2'}"])
def test_anything_else_is_an_error_with_its_line(xmonitor, line):
    write(xmonitor, b"# the settings\nXMONITOR_PORT=0\n" + line + b"\n")
    for command in ("config", "serve"):
        message = xmonitor.fails(command)
        assert message.startswith("xmonitor: ") and ".env:3 " in message and "hunter2" not in message and "hun'ter2" not in message


def test_all_faults_are_named_at_once_with_their_places(xmonitor):
    write(xmonitor, "XMONITOR_PORT=abc\nXMONITOR_PORT=9\nXMONITOR_PROT=1\nnonsense\nXMONITOR_POOL_SIZE=0\nPGHOST=h\nXMONITOR_API_KEY_FILE=nowhere\n")
    xmonitor.environment |= {"XMONITOR_WAIT_MAXIMUM": "31", "XMONITOR_CORS_ORIGINS": "*", "XMONITOR_SESION_KEYS": SECRET, "XMONITOR_PREPARED_STATEMENTS": SECRET}
    message = xmonitor.fails("config")
    for part in ("11 settings", ".env:2 ", ".env:3 sets XMONITOR_PROT", "XMONITOR_PORT?", ".env:4 ", "XMONITOR_PORT (.env:1) is \"abc\"", "XMONITOR_POOL_SIZE (.env:5)", ".env:6 sets PGHOST",
                 "XMONITOR_API_KEY_FILE (.env:7)", "XMONITOR_WAIT_MAXIMUM (environment) is \"31\"", "XMONITOR_CORS_ORIGINS", "XMONITOR_SESION_KEYS", "XMONITOR_SESSION_KEYS?",
                 "XMONITOR_PREPARED_STATEMENTS (environment)"):
        assert part in message, (part, message)
    assert SECRET not in message


@pytest.mark.parametrize("name, nearest", [("XMONITOR_PROT", "XMONITOR_PORT"), ("XMONITOR_API_KEYS", "XMONITOR_API_KEY"), ("XMONITOR_API_KEYFILE", "XMONITOR_API_KEY_FILE"),
                                           ("XMONITOR_PORT_FILE", "XMONITOR_PORT"), ("XMONITOR_DATABASE_URL", "XMONITOR_READ_DATABASE_URL")])
def test_a_name_that_is_no_setting_is_refused_with_the_nearest(xmonitor, name, nearest):
    write(xmonitor, f"{name}={SECRET}\n")
    for command in (["config"], ["serve"], ["schema", "status"], ["smoke", "http://127.0.0.1:1"]):
        message = xmonitor.fails(*command)
        assert f".env:1 sets {name}," in message and f"Do you mean {nearest}?" in message and SECRET not in message
    (xmonitor.folder / ".env").unlink()
    xmonitor.environment[name] = ""
    assert f"has {name}," in xmonitor.fails("config")


def test_names_of_other_programs_do_not_matter(xmonitor):
    write(xmonitor, "POSTGRES_PASSWORD=x\nCOMPOSE_FILE='a b'\n")
    xmonitor("config")


def test_each_value_says_where_it_comes_from(xmonitor):
    write(xmonitor, "# the settings\nXMONITOR_HOST=127.0.0.1\nXMONITOR_PORT=1\nXMONITOR_API_KEY=" + SECRET + "\nXMONITOR_POOL_SIZE=3\nXMONITOR_CURSOR_KEY_FILE=key\n")
    write(xmonitor, SECRET, "key")
    write(xmonitor, "postgresql://127.0.0.1:1/x", "address")
    xmonitor.environment |= {"XMONITOR_POOL_SIZE": "4", "XMONITOR_API_KEY": "", "DATABASE_URL": "postgresql://127.0.0.1:2/x", "XMONITOR_WEB_ROOT": ""}
    arguments = ("--port", "2", "--database-url-file", "address")
    values = shown(xmonitor, *arguments)
    secret = "(set, not shown)"
    for name, value, place in [("XMONITOR_HOST", "127.0.0.1", ".env:2"), ("XMONITOR_PORT", "2", "--port"), ("XMONITOR_POOL_SIZE", "4", "environment"),
                               ("XMONITOR_API_KEY", None, None), ("XMONITOR_CURSOR_KEY", secret, "file key, named by .env:6"), ("XMONITOR_WAIT_MAXIMUM", "30", "default"),
                               ("DATABASE_URL", secret, "file address, named by --database-url-file"), ("XMONITOR_CONTACT", None, None), ("XMONITOR_WEB_ROOT", "", "environment")]:
        assert (values[name]["value"], values[name]["from"]) == (value, place), name
    lines = xmonitor("config", *arguments).splitlines()
    assert ["XMONITOR_PORT", "2", "--port"] in [line.split() for line in lines]
    assert ["XMONITOR_HOST", "127.0.0.1", ".env:2"] in [line.split() for line in lines]


def test_another_file_is_read_in_place_of_it(xmonitor):
    write(xmonitor, "XMONITOR_PORT=1\nXMONITOR_HOST=127.0.0.2\n")
    write(xmonitor, "XMONITOR_PORT=2\n", "other.env")
    values = shown(xmonitor, "--env-file", "other.env")
    assert values["XMONITOR_PORT"] == {"value": "2", "secret": False, "from": "other.env:1"} and values["XMONITOR_HOST"]["from"] == "default"
    assert "no-such.env" in xmonitor.fails("config", "--env-file", "no-such.env") and "--env-file" in xmonitor.stderr


def test_a_file_of_another_user_is_named_with_the_reason(ordinary):
    (ordinary.folder / ".env").write_text("XMONITOR_PORT=1\n")
    (ordinary.folder / ".env").chmod(0)
    message = ordinary.fails("config")
    assert message.startswith("xmonitor: The file .env cannot be read: Permission denied.") and "NSCocoaErrorDomain" not in message


def test_a_folder_is_no_file_of_settings(xmonitor):
    (xmonitor.folder / ".env").mkdir()
    assert "The file .env cannot be read" in xmonitor.fails("config")
