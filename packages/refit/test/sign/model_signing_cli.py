"""Runs several command lines of model_signing in one process, since starting it takes long, and prints their exit codes."""

import contextlib
import json
import sys

from model_signing._cli import main


def exit_code(args: list[str]) -> int:
    with contextlib.redirect_stdout(sys.stderr):
        try:
            main(args)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


print(json.dumps([exit_code(args) for args in json.loads(sys.argv[1])]))
