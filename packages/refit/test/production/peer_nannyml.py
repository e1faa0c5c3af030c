"""NannyML's estimates without labels for the same rows: reads a JSON object from stdin, writes one to stdout."""

import json
import os
import sys

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import numpy as np
import pandas as pd
from nannyml import CBPE

asked = json.load(sys.stdin)
metrics = {"rocAuc": "roc_auc", "accuracy": "accuracy", "f1": "f1", "precision": "precision", "recall": "recall", "prAuc": "average_precision"}


def frame(rows, labels=None):
    scores = np.array(rows)
    made = pd.DataFrame({"score": scores, "answer": (scores >= 0.5).astype(int)})
    if labels is not None:
        made["label"] = np.array(labels).astype(int)
    return made


estimator = CBPE(
    y_pred_proba="score",
    y_pred="answer",
    y_true="label",
    metrics=list(metrics.values()),
    chunk_number=1,
    problem_type="classification_binary",
)
estimator.fit(frame(asked["reference"]["predictions"], asked["reference"]["labels"]))
found = estimator.estimate(frame(asked["predictions"])).filter(period="analysis").to_df()
json.dump({ours: float(found[(theirs, "value")].iloc[0]) for ours, theirs in metrics.items()}, sys.stdout)
