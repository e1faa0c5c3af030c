"""Compares what ONNX Runtime and MLflow answer with what refit does, for all models of a folder, in one process."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import mlflow.pyfunc
import numpy as np
import onnx
import onnxruntime
import pandas as pd

root = Path(sys.argv[1])
about: dict[str, Any] = json.loads((root / "about.json").read_text("utf-8"))


def column(file: str, takes: str) -> np.ndarray:
    if takes == "string":
        return np.array(json.loads((root / file).read_text("utf-8")), dtype=object)
    return np.fromfile(root / file, dtype="<f8" if takes == "double" else "<i8")


def difference(theirs: np.ndarray, ours: np.ndarray) -> dict[str, float]:
    """How many answers are not the same number, and by how many steps of a 64-bit float at most."""
    if theirs.shape != ours.shape or np.isnan(theirs).any():
        return {"differing": -1, "steps": -1}
    bits = [np.where((b := each.view(np.int64)) < 0, np.int64(-(2**63)) - b, b) for each in (theirs + 0.0, ours + 0.0)]
    return {"differing": int((bits[0] != bits[1]).sum()), "steps": int(np.abs(bits[0] - bits[1]).max())}


columns = {each["name"]: column(each["file"], each["takes"]) for each in about["inputs"]}
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
found: dict[str, Any] = {}
for number, (name, inputs) in enumerate(about["kinds"]):
    ours = np.fromfile(root / f"{number}.ours", dtype="<f8")
    file = str(root / f"{number}.onnx")
    onnx.checker.check_model(file, full_check=True)
    onnx.checker.check_model(str(root / f"{number}/model.onnx"), full_check=True)
    feed = {each: columns[each] for each in inputs}
    (answers,) = onnxruntime.InferenceSession(file, options).run(None, feed)
    frame = pd.DataFrame({each: pd.Series(columns[each], dtype=columns[each].dtype) for each in inputs})
    table = mlflow.pyfunc.load_model(str(root / str(number))).predict(frame)
    found[name] = {
        "onnxruntime": difference(answers.reshape(-1), ours),
        "mlflow": difference(table.to_numpy().reshape(-1), ours),
    }
print(json.dumps(found))
