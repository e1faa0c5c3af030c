"""Prints what examples/python/use_model.py answers: model and records come as arguments, `null` included."""

import json
import sys

sys.path.insert(0, sys.argv[1])
import use_model  # noqa: E402

model = use_model.Model(sys.argv[2])
print(json.dumps([model.predict(json.loads(sys.argv[3])).tolist(), model.classes]))
