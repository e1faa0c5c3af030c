"""The shortest honest way to what a run of refit does: read, train for judging, metrics, a paired bootstrap, train on all rows.

python end-to-end.py THREADS 'FILE FILE …' CHAMPION SHIPPED

Learns from the first 80 % of the rows by `day`, scores that model and the one in the file CHAMPION on the last 20 %, which neither has
seen, and then learns from all rows what it writes to SHIPPED. Without the file CHAMPION it does that alone. Prints seconds of each
stage and what came of it as JSON.
"""

import json
import os
import resource
import sys
import time

import lightgbm
import numpy as np
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score

stages = {}
settings = dict(objective="binary", num_leaves=31, learning_rate=0.1, num_threads=int(sys.argv[1]), seed=7, deterministic=True, force_row_wise=True, verbose=-1)


def stage(name, work):
    started, cpu = time.perf_counter(), time.process_time()
    done = work()
    stages[name] = [time.perf_counter() - started, time.process_time() - cpu]
    return done


def read(files):
    frame = pd.concat([pd.read_csv(file, parse_dates=["day"]) for file in files]).sort_values("day", kind="stable")
    frame["day"] = (frame["day"] - pd.Timestamp(0)) / pd.Timedelta(days=1)
    frame = frame.astype({name: "category" for name in frame.select_dtypes(exclude="number")})
    return frame.drop(columns="label"), frame["label"].to_numpy()


def train(rows):
    return lightgbm.train(settings, lightgbm.Dataset(x[:rows], y[:rows]), 100)


def judge(champion):
    """Compares a model that has not seen the last rows with the one that is live."""
    known = len(y) * 8 // 10
    challenger, holdout = stage("train", lambda: train(known)), y[known:]
    models = [challenger, lightgbm.Booster(model_file=champion)]
    answers = stage("predict", lambda: [model.predict(x[known:]) for model in models])
    scores = stage("metrics", lambda: [[roc_auc_score(holdout, p), log_loss(holdout, p)] for p in answers])
    return dict(auc=scores[0][0], intervals=stage("bootstrap", lambda: bootstrap(holdout, answers)))


def bootstrap(holdout, answers):
    """Intervals of the differences of both metrics, by as many replicates as refit makes."""
    random, rows = np.random.default_rng(7), len(holdout)
    orders = [np.argsort(scores, kind="stable") for scores in answers]
    sorted_labels = [holdout[order] for order in orders]
    ours, theirs = [np.log(np.where(holdout == 1, p, 1 - p)) for p in answers]
    differences = []
    for _ in range(500 if rows > 50_000 else 2000):
        counts = np.bincount(random.integers(rows, size=rows), minlength=rows)
        one, other = [auc(counts[order], labels) for order, labels in zip(orders, sorted_labels)]
        differences.append([one - other, counts @ (theirs - ours) / rows])
    return np.quantile(differences, [0.05, 0.95], axis=0).tolist()


def auc(counts, labels):
    """Of rows in the order of their scores, each as often as it counts."""
    positive = counts * labels
    negative = counts - positive
    below = np.cumsum(negative) - negative
    return (positive * (below + negative / 2)).sum() / (positive.sum() * negative.sum())


files, champion, shipped = sys.argv[2].split(), *sys.argv[3:]
x, y = stage("read", lambda: read(files))
found = judge(champion) if os.path.exists(champion) else {}
stage("train on all rows", lambda: train(len(y)).save_model(shipped))
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps(dict(stages=stages, peakMiB=usage.ru_maxrss / 1024, **found)))
