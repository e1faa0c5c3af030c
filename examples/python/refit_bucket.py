"""Divides callers between a champion and its canary as `refit serve` does. Copy this file; it needs nothing but Python."""

import hashlib
import json
from collections.abc import Sequence


def bucket(canary: str, key: str) -> float:
    """Where a key falls, from 0 to below 1. `canary` is the git tree id of models/<model>/canary."""
    # As in JavaScript, half of a surrogate pair counts as U+FFFD.
    text = f"{canary}\n{key}".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return int(hashlib.sha256(text.encode()).hexdigest()[:13], 16) / 2**52


def is_for_canary(canary: str, percent: float, key: str) -> bool:
    """`percent` is that of models/<model>/rollout.yaml. A larger one keeps every key that a smaller one had."""
    return bucket(canary, key) < percent / 100


def key_text(values: Sequence[str | int | bool]) -> str:
    """The key of a row as one text: its value, or the JSON list of several, in the order of `key` in model.yaml."""
    texts = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    return texts[0] if len(texts) == 1 else json.dumps(texts, separators=(",", ":"), ensure_ascii=False)
