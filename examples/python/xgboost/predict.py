"""Answers for rows without labels, with the trees that train.py wrote. A word that nobody has seen counts as missing."""

import json

import refit_job
import xgboost

job = refit_job.read()
with open(refit_job.model_file(job, "words.json"), encoding="utf-8") as file:
    words = json.load(file)
inputs = refit_job.inputs(job, refit_job.rows(job["rows"]))
for name, known in words.items():
    inputs[name] = inputs[name].map({word: code for code, word in enumerate(known)}).astype("float64")
inputs.columns = [f"c{i}" for i in range(inputs.shape[1])]

regression = job["task"] == "regression"
model = (xgboost.XGBRegressor if regression else xgboost.XGBClassifier)()
model.load_model(refit_job.model_file(job, "model.json"))
refit_job.write_predictions(job, model.predict(inputs) if regression else model.predict_proba(inputs))
