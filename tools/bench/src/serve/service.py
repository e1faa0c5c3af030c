"""The shortest honest service of an ONNX model in Python: FastAPI as its documentation has it, ONNX Runtime on one thread."""

import json
import sys

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI, Request, Response

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options)
dtypes = {each.name: object if "string" in each.type else np.float64 for each in session.get_inputs()}
app = FastAPI()


@app.post("/predict")
async def predict(request: Request) -> Response:
    columns = json.loads(await request.body())["columns"]
    feed = {name: np.array(columns[name], dtype=dtype) for name, dtype in dtypes.items()}
    (answers,) = session.run(None, feed)
    positive = answers.reshape(-1)
    told = {"class": np.where(positive < 0.5, "no", "yes").tolist(), "probability": positive.tolist()}
    return Response(json.dumps(told), media_type="application/json")


uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")
