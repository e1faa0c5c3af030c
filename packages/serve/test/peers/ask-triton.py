"""Sends rows to each model with Triton's own client, in each way that it has, and prints what it was told."""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException, triton_to_np_dtype

asked: dict[str, Any] = json.loads(sys.stdin.read())
client = triton.InferenceServerClient(url=asked["address"].removeprefix("http://"))


def tensor(name: str, datatype: str, values: list[Any], binary: bool) -> triton.InferInput:
    """`None` as what stands for it: NaN, and for a text the one that the request names."""
    missing, dtype = (asked["missing"], object) if datatype == "BYTES" else (np.nan, triton_to_np_dtype(datatype))
    column = np.array([missing if value is None else value for value in values], dtype=dtype)
    return triton.InferInput(name, list(column.shape), datatype).set_data_from_numpy(column, binary_data=binary)


def infer(model: str, binary: bool, wanted: list[str], version: str = "") -> dict[str, Any]:
    inputs = [tensor(*column, binary) for column in asked["columns"]]
    outputs = [triton.InferRequestedOutput(name, binary_data=binary) for name in wanted]
    missing = {"missing": asked["missing"]}
    found = client.infer(model, inputs, version, outputs or None, request_id="7", parameters=missing)
    answer = found.get_response()
    assert answer["id"] == "7"
    assert all(("data" in each) != binary for each in answer["outputs"])
    values = {}
    for each in answer["outputs"]:
        flat = found.as_numpy(each["name"]).reshape(-1).tolist()
        values[each["name"]] = [value.decode() if isinstance(value, bytes) else value for value in flat]
    return values


def refusal(call: Any) -> str:
    try:
        return f"answered {call()}"
    except InferenceServerException as error:
        return f"{error.status()} {error.message()}"


def told(model: str) -> dict[str, Any]:
    metadata = client.get_model_metadata(model)
    names = [each["name"] for each in metadata["outputs"]]
    return {
        "ready": client.is_model_ready(model),
        "metadata": metadata,
        "bytes": infer(model, True, []),
        "named": infer(model, True, names[:1], metadata["versions"][0]),
        "json": infer(model, False, names),
        "refused": refusal(lambda: infer(model, True, ["score"])),
    }


print(
    json.dumps(
        {
            "live": client.is_server_live(),
            "ready": client.is_server_ready(),
            "server": client.get_server_metadata(),
            "unknown": refusal(lambda: client.get_model_metadata("unknown")),
            "unknownReady": client.is_model_ready("unknown"),
            "models": {model: told(model) for model in asked["models"]},
        }
    )
)
