"""LightGBM that stops early: the number of rounds is settled, so that training again needs no validation rows.

With `validation: false` in model.yaml there are none, and nothing stops it before `rounds`.
"""

import lightgbm
import refit_job

job = refit_job.read()
settings = {"rounds": 500, "patience": 30, **job["settings"]}
rounds, patience = settings.pop("rounds"), settings.pop("patience")
objective = {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}[job["task"]]
parameters = {
    "objective": objective,
    "seed": job["seed"],
    "num_threads": job["threads"],
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    **settings,
}
if job["task"] == "multiclass":
    parameters["num_class"] = len(job["target"]["classes"])


def dataset(path):
    table = refit_job.rows(path)
    # LightGBM keeps the words of a category with the model, and takes words that it has never seen for missing ones.
    inputs = refit_job.inputs(job, table)
    inputs = inputs.astype({name: "category" for name in inputs.select_dtypes(exclude="number")})
    inputs.columns = [f"c{i}" for i in range(inputs.shape[1])]  # it does not take every name
    return lightgbm.Dataset(inputs, refit_job.labels(job, table), weight=refit_job.weights(job, table))


train = dataset(job["train"])
callbacks = [lambda state: refit_job.progress((state.iteration + 1) / rounds)]
if patience > 0 and job["validation"] is not None:
    callbacks.append(lightgbm.early_stopping(patience, verbose=False))
    validation = [dataset(job["validation"])]
else:
    validation = []
booster = lightgbm.train(parameters, train, rounds, valid_sets=validation, callbacks=callbacks)
booster.save_model(refit_job.model_file(job, "model.txt"))
refit_job.settle(job, rounds=booster.best_iteration or rounds, patience=0)
