"""What we fetch: the program connects to Discord and to the homeserver that is set, and to nothing that others name."""

from __future__ import annotations

import ast

from tests.test_architecture import BOT, ROOT

# Names with which a module opens a connection, or has a library open one.
OPENS = {
    *(
        "AsyncClient",
        "ClientSession",
        "HTTPConnection",
        "HTTPSConnection",
        "URLopener",
        "urlopen",
        "urlretrieve",
    ),
    *(
        "build_opener",
        "create_connection",
        "open_connection",
        "open_unix_connection",
        "sock_connect",
        "ws_connect",
    ),
    *("httpx", "requests", "smtplib", "ftplib", "websockets", "urllib3"),
}
# docs/threat-model.md, "What we fetch", names what these connect to.
MAY = {
    "bot/platforms/discord/client.py",
    "bot/platforms/matrix/client.py",
    "bot/platforms/matrix/device_keys.py",  # is handed the client
    "bot/platforms/matrix/nio_workarounds.py",  # is handed the client
    "bot/platforms/matrix/setup.py",
}


def names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.Import):
        return {part for alias in node.names for part in alias.name.split(".")}
    if isinstance(node, ast.ImportFrom):
        return {*(node.module or "").split("."), *(alias.name for alias in node.names)}
    return set()


def test_nothing_is_fetched_that_others_name():
    opening = {
        path.relative_to(ROOT).as_posix(): sorted(found)
        for path in BOT.rglob("*.py")
        if (found := {name for node in ast.walk(ast.parse(path.read_text())) for name in names(node)} & OPENS)
    }
    assert not {path: found for path, found in opening.items() if path not in MAY}
