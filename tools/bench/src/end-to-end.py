"""The shortest honest way to what a run of refit does: read, train twice, metrics, a paired bootstrap.

python end-to-end.py 'FILE FILE …' CHAMPION

Learns from the first 60 % of the rows by `day`, then from the first 80 %, and scores that model and the one in CHAMPION (written where
it is not there) on the last 20 %. Prints seconds of each stage and what came of it as JSON.
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
settings = dict(objective="binary", num_leaves=31, learning_rate=0.1, num_threads=1, seed=7, deterministic=True, force_row_wise=True, verbose=-1)


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


def aucs(order, counts):
    """The area for each row of counts, of rows in the order of their scores."""
    positive = counts * holdout[order]
    negative = counts - positive
    below = np.cumsum(negative) - negative
    return (positive * (below + negative / 2)).sum() / (positive.sum() * negative.sum())


def bootstrap():
    random, orders = np.random.default_rng(7), [np.argsort(scores, kind="stable") for scores in (ours, theirs)]
    differences = []
    for _ in range(1000):
        counts = np.bincount(random.integers(len(holdout), size=len(holdout)), minlength=len(holdout))
        differences.append(aucs(orders[0], counts[orders[0]]) - aucs(orders[1], counts[orders[1]]))
    return np.quantile(differences, [0.05, 0.95]).tolist()


files, champion = sys.argv[1].split(), sys.argv[2]
x, y = stage("read", lambda: read(files))
training, known = len(y) * 6 // 10, len(y) * 8 // 10
candidate = stage("train", lambda: train(training))
validation = stage("validate", lambda: roc_auc_score(y[training:known], candidate.predict(x[training:known])))
challenger = stage("train again", lambda: train(known))
holdout = y[known:]
if not os.path.exists(champion):
    challenger.save_model(champion)
ours, theirs = stage("predict", lambda: [model.predict(x[known:]) for model in (challenger, lightgbm.Booster(model_file=champion))])
scores = stage("metrics", lambda: [[roc_auc_score(holdout, p), log_loss(holdout, p)] for p in (ours, theirs)])
interval = stage("bootstrap", bootstrap)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps(dict(stages=stages, auc=scores[0][0], interval=interval, peakMiB=usage.ru_maxrss / 1024, cpu=usage.ru_utime + usage.ru_stime)))
