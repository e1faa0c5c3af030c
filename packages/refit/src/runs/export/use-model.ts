/** `examples/python/use_model.py`, which a test compares: what `export` writes beside a graph of ours. */
export const useModel = String.raw`"""Answers of a model that ${"`"}refit export --to onnx${"`"} wrote, to the last bit. It needs onnxruntime, and the NumPy that comes with it."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from typing import Any, Iterable, Mapping

import numpy as np
import onnxruntime


class Model:
    """One thread adds the trees in refit's order."""

    def __init__(self, file: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(file, options)
        about = self.session.get_modelmeta().custom_metadata_map
        self.inputs = json.loads(about["inputs"])
        self.classes = json.loads(about["classes"])  # [negative, positive], or those of the columns, or None

    def predict(self, records: Iterable[Mapping[str, Any]]) -> Any:
        """An array: the probability of the positive class, of every class, or the value. ${"`"}None${"`"} or no value: missing."""
        rows = list(records)
        return self.session.run(None, {each["name"]: column(each, rows) for each in self.inputs})[0]


def column(about: Mapping[str, str], rows: list[Mapping[str, Any]]) -> Any:
    kind, convert = CONVERT[about["takes"]]
    values = (row.get(about["name"]) for row in rows)
    return np.array([convert(about["missing"] if value is None else value) for value in values], dtype=kind)


def milliseconds(value: str | int | date) -> int:
    """Since 1970-01-01, UTC; a time without a zone is one of UTC."""
    if not isinstance(value, date) and str(value).lstrip("-").isdigit():
        return int(value)
    at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return round((at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp() * 1000)


CONVERT: Any = {"string": (object, str), "double": (np.float64, float), "int64": (np.int64, milliseconds)}
`;
