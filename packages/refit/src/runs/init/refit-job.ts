/** `examples/python/refit_job.py`, which a test compares: what `init` writes beside a program in Python. */
export const refitJob = String.raw`"""Helps a program that refit trains with (learner: command). Copy this file beside it; it needs nothing but pandas.

It reads what refit has written: the job description, and rows with the types of their columns. See docs/command-learner.md.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Sequence

if TYPE_CHECKING:
    import pandas as pd

Job = Mapping[str, Any]


def read() -> Job:
    """The job description of this call."""
    try:
        path = os.environ["REFIT_JOB"]
    except KeyError:
        sys.exit("This program is called by refit: try 'refit run MODEL --dry-run'.")
    return json.loads(Path(path).read_text(encoding="utf-8"))


def features(job: Job) -> list[str]:
    """Names of the columns to predict from."""
    return [column["name"] for column in job["columns"]]


def rows(path: str | None) -> pd.DataFrame:
    """Rows of a file of the job. See inputs() for what most models want."""
    import pandas as pd

    if path is None:
        sys.exit("This program asks for validation rows: remove 'validation: false' from its candidate in model.yaml.")
    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def inputs(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The columns to predict from: dates as days since 1970, truth values as 0 and 1, numbers as floats, texts and paths of files as they are."""
    import pandas as pd

    columns = {}
    for column in job["columns"]:
        name, kind = column["name"], column["type"]
        values = table[name]
        if kind in ("date", "datetime"):
            values = (pd.to_datetime(values, utc=True) - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
        elif kind == "boolean":
            values = values.map({True: 1.0, False: 0.0})
        columns[name] = values if kind in ("string", "file") else values.astype("float64")
    return pd.DataFrame(columns, index=table.index)


def labels(job: Job, table: pd.DataFrame) -> Any:
    """What is to be learned: the place of each row's class in target.classes, or the number of a regression."""
    target = job["target"]
    values = table[target["name"]]
    if target["classes"] is None:
        return values.to_numpy(dtype=float)
    place = {value: code for code, value in enumerate(target["classes"])}
    return values.map(place).to_numpy(dtype=int)


def weights(job: Job, table: pd.DataFrame) -> Any:
    """How much each row counts; None: all count the same."""
    name = job.get("weight")
    return None if name is None else table[name].to_numpy(dtype=float)


def model_file(job: Job, name: str) -> str:
    """Path of a file of the model."""
    return str(Path(job["model"]) / name)


def champion_file(job: Job, name: str) -> str | None:
    """Path of a file of the live version's model, to go on from (start: warm); None: start anew."""
    folder = job.get("champion")
    return None if folder is None else str(Path(folder) / name)


def settle(job: Job, **settings: str | float | bool) -> None:
    """Settings that early stopping has found: they replace those of model.yaml when refit trains again."""
    Path(model_file(job, "settled.json")).write_text(json.dumps(settings), encoding="utf-8")


def progress(done: float) -> None:
    """Moves the bar; done is from 0 to 1."""
    print(f"progress {min(1.0, max(0.0, done)):.3f}", flush=True)


def write_predictions(job: Job, predictions: Iterable[Any]) -> None:
    """Writes what a model answers: a value per row, or the probabilities of all classes in the order of target.classes."""
    classes: Sequence[Any] | None = job["target"]["classes"]
    is_multiclass = job["task"] == "multiclass"
    header = [_text(value) for value in classes or []] if is_multiclass else ["prediction"]
    with open(job["predictions"], "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in predictions:
            values = list(row) if hasattr(row, "__len__") else [row]
            # Of two probabilities, refit wants that of the positive class, which is the second.
            wanted = values if is_multiclass else values[-1:]
            writer.writerow([repr(float(value)) for value in wanted])


def _text(value: Any) -> str:
    """A class as refit writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
`;
