"""Trains one peer as it comes, in a process of its own, on the rows that the other side reads too.

python peers.py '{"contestant": "LightGBM", "folder": …, "split": …, "seed": 1, "threads": 1, "out": …}'

Writes predictions of the test rows to `out`, prints what training took.
"""

import json
import pathlib
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")


def main(job):
    folder = pathlib.Path(job["folder"])
    about = json.loads((folder / "set.json").read_text())
    split = np.fromfile(job["split"], dtype="uint8")
    fit = contestants[job["contestant"]](job, about)
    train, target = part(folder, about, split != 2)
    wall, cpu = time.perf_counter(), time.process_time()
    model = fit(train, target)
    took = {
        "wallSeconds": time.perf_counter() - wall,
        "cpuSeconds": time.process_time() - cpu,
        "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    test, _ = part(folder, about, split == 2)
    answers(model, about["task"], test).astype("float64").tofile(job["out"])
    print(json.dumps(took))


def part(folder, about, rows):
    columns = {}
    for place, column in enumerate([*about["columns"], {"name": None}]):
        count = about["rows"]
        values = np.fromfile(folder / "rows.f32", dtype="float32", count=count, offset=4 * count * place)[rows]
        if "levels" in column:
            codes = np.where(np.isnan(values), -1, values).astype("int32")
            values = pd.Categorical.from_codes(codes, categories=column["levels"])
        columns[column["name"]] = values
    target = columns.pop(None)
    # LightGBM takes no marks of JSON in a name.
    named = {f"x{place}": values for place, values in enumerate(columns.values())}
    return pd.DataFrame(named, copy=False), target if about["task"] == "regression" else target.astype("int32")


def answers(model, task, test):
    if task == "regression":
        return np.asarray(model.predict(test))
    chances = np.asarray(model.predict_proba(test))
    return chances[:, 1] if task == "binary" else chances


def light_gbm(job, about):
    import lightgbm

    kind = lightgbm.LGBMRegressor if about["task"] == "regression" else lightgbm.LGBMClassifier
    return kind(n_jobs=job["threads"], random_state=job["seed"], verbose=-1).fit


def xg_boost(job, about):
    import xgboost

    kind = xgboost.XGBRegressor if about["task"] == "regression" else xgboost.XGBClassifier
    return kind(n_jobs=job["threads"], random_state=job["seed"], enable_categorical=True).fit


def hist_gradient_boosting(job, about):
    from sklearn import ensemble
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    many = [f"x{place}" for place, column in enumerate(about["columns"]) if len(column.get("levels", [])) > 255]
    # It takes at most 255 categories; of more it gets their numbers.
    numbered = FunctionTransformer(lambda frame: frame.assign(**{name: frame[name].cat.codes for name in many}))
    kind = "Regressor" if about["task"] == "regression" else "Classifier"
    model = getattr(ensemble, f"HistGradientBoosting{kind}")(random_state=job["seed"])
    return make_pipeline(numbered, model).fit


def scikit_linear(job, about):
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    columns = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), make_column_selector(dtype_include="number")),
        (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
    )
    return make_pipeline(columns, Ridge() if about["task"] == "regression" else LogisticRegression(max_iter=1000)).fit


def flaml(job, about):
    from flaml import AutoML

    metric = {"binary": "roc_auc", "multiclass": "log_loss", "regression": "rmse"}[about["task"]]
    task = "regression" if about["task"] == "regression" else "classification"
    model = AutoML(
        task=task, metric=metric, time_budget=60, n_jobs=job["threads"], seed=job["seed"], verbose=0, log_file_name=""
    )

    def fit(train, target):
        model.fit(X_train=train, y_train=target)
        return model

    return fit


contestants = {
    "LightGBM": light_gbm,
    "XGBoost": xg_boost,
    "scikit-learn boosting": hist_gradient_boosting,
    "scikit-learn linear": scikit_linear,
    "FLAML 60 s": flaml,
}

main(json.loads(sys.argv[1]))
