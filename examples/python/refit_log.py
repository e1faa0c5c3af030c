"""Writes what a service answers into a prediction log of refit, as `refit serve --log` does. Copy this file; it needs nothing but Python."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path


class PredictionLog:
    """One per process: every process has files of its own. `version` is the git tree id of models/<model>/champion."""

    def __init__(self, folder: str, model: str, version: str, salt: str | None = None, share: float = 1.0) -> None:
        self.folder, self.process = Path(folder) / model.replace("/", "--"), secrets.token_hex(4)
        self.line = {"format": 1, "model": model, "version": version}
        self.salt, self.share = salt, share

    def note(self, id: str, inputs: Mapping[str, object], prediction: Mapping[str, object], microseconds: int, key: Sequence[object] = (), **more: object) -> None:
        """`prediction` is {"class": …, "probabilities": […]} or {"value": …}; leave out `sensitive` columns of `inputs`. `more`: `arm` and `other` of a canary."""
        if int(hashlib.sha256(id.encode()).hexdigest()[:13], 16) / 2**52 >= self.share:
            return
        now = datetime.now(timezone.utc)
        line = {**self.line, "id": id, "time": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "microseconds": microseconds, "input": dict(inputs), "prediction": dict(prediction), **more}
        if key and self.salt is not None:
            words = json.dumps([str(value) for value in key], separators=(",", ":"), ensure_ascii=False)
            line["key"] = hmac.new(self.salt.encode(), words.encode(), "sha256").hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{now:%Y-%m-%dT%H}Z-{self.process}.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(line, allow_nan=False) + "\n")
