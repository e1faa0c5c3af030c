"""Sends a data frame with MLflow's own client, and in each way that its servers take, and prints what came back."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import Any

import pandas as pd
import requests
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

# It asks whether scipy.sparse is there, and fails where scipy is not.
sys.modules["scipy"] = ModuleType("scipy")
sys.modules["scipy"].__path__ = []

asked: dict[str, Any] = json.loads(sys.stdin.read())
host, port = asked["address"].removeprefix("http://").split(":")
client = ScoringServerClient(host, port)
client.wait_server_ready(timeout=10)
client.ping()

dtypes = {"number": "float64", "integer": "float64", "datetime": "datetime64[ms]", "date": "datetime64[ms]"}
frame = pd.DataFrame({name: pd.Series(values, dtype="object") for name, _, values in asked["columns"]})
for name, kind, _ in asked["columns"]:
    frame[name] = pd.to_datetime(frame[name], utc=True, format="ISO8601").dt.tz_localize(None) if kind in ("date", "datetime") else frame[name].astype(dtypes.get(kind, "object"))


def sent(content_type: str, body: str) -> Any:
    headers = {"content-type": content_type}
    answer = requests.post(f"{asked['address']}/invocations", data=body.encode(), headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()["predictions"]


def in_json(name: str, value: Any) -> Any:
    return sent("application/json", json.dumps({name: value}))


records = json.loads(frame.to_json(orient="records", date_format="iso"))
columns = {name: [record[name] for record in records] for name in frame}
print(
    json.dumps(
        {
            "version": client.get_version(),
            "client": client.invoke(frame).get_predictions()[0].tolist(),
            "dataframe_records": in_json("dataframe_records", records),
            "inputs": in_json("inputs", records),
            "inputs by column": in_json("inputs", columns),
            "inputs of one row": [in_json("inputs", record)[0] for record in records[:2]],
            "instances": in_json("instances", records),
            "csv": sent("text/csv", frame.to_csv(index=False)),
        }
    )
)
