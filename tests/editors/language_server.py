"""The real yaml-language-server, spoken to as an editor does: its protocol over standard input and output."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any

_PATIENCE = 60.0  # seconds for one answer, on a machine that is busy with other tests
_COMPLETES = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
_ABLE = {"textDocument": {"completion": _COMPLETES, "hover": {"contentFormat": ["markdown"]}}}


class LanguageServer:
    """One server for one folder, with the settings an editor would send. Nothing is fetched: the store is off.

    `settings` are an editor's, by their dotted names, as in `{"yaml.schemas": {...}}`. Positions are counted from 0.
    """

    def __init__(self, command: list[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self._folder = folder
        self._settings: dict[str, Any] = {"schemaStore": {"enable": False}, "validate": True, "hover": True}
        self._settings |= {name.removeprefix("yaml."): value for name, value in settings.items()}
        self._arrived: Queue[dict[str, Any]] = Queue()
        self._sent = 0
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        name, uri = self._folder.name, self._folder.as_uri()
        start = {"processId": None, "rootUri": uri, "workspaceFolders": [{"name": name, "uri": uri}]}
        able = _ABLE | {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._ask("initialize", start | {"capabilities": able})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._settings}})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def open(self, path: str, text: str) -> list[dict[str, Any]]:
        """What is wrong with a file, as the editor underlines it. A file is opened once only."""
        uri = self._uri(path)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def hover(self, path: str, line: int, column: int) -> str:
        """What is shown beside the mouse pointer; empty where there is nothing."""
        found = self._ask("textDocument/hover", self._at(path, line, column))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, path: str, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered at the cursor, best first."""
        found = self._ask("textDocument/completion", self._at(path, line, column))
        items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found or []
        return items

    def tell_changed(self, path: str) -> None:
        """Tells the server, as an editor that watches the folder does, that a file on disk is another one now."""
        self._tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": self._uri(path), "type": 2}]})

    def _uri(self, path: str) -> str:
        return (self._folder / path).as_uri()

    def _at(self, path: str, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri(path)}, "position": {"line": line, "character": column}}

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._sent += 1
        number = self._sent
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        """The next message. What the server asks of its editor meanwhile is answered."""
        try:
            message = self._arrived.get(timeout=_PATIENCE)
        except Empty:
            raise AssertionError(f"yaml-language-server said nothing for {_PATIENCE:.0f} seconds") from None
        if "id" in message and "method" in message:
            self._write({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        wanted = [item.get("section") for item in message["params"]["items"]]
        return [self._settings if section == "yaml" else None for section in wanted]

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout
        while line := self._process.stdout.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                line = self._process.stdout.readline()
            self._arrived.put(json.loads(self._process.stdout.read(length)))
