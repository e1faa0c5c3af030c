"""XGBoost. Words become numbers by a list that is kept with the model."""

import json

import refit_job
import xgboost

job = refit_job.read()
train = refit_job.rows(job["train"])
inputs = refit_job.inputs(job, train)

words = {name: sorted(inputs[name].dropna().unique()) for name in inputs.select_dtypes(exclude="number")}
for name, known in words.items():
    inputs[name] = inputs[name].map({word: code for code, word in enumerate(known)}).astype("float64")

inputs.columns = [f"c{i}" for i in range(inputs.shape[1])]  # it does not take every name

settings = {"n_estimators": 100, **job["settings"]}
learner = xgboost.XGBRegressor if job["task"] == "regression" else xgboost.XGBClassifier
model = learner(random_state=job["seed"], n_jobs=job["threads"], **settings)
model.fit(inputs, refit_job.labels(job, train), sample_weight=refit_job.weights(job, train))
model.save_model(refit_job.model_file(job, "model.json"))
with open(refit_job.model_file(job, "words.json"), "w", encoding="utf-8") as file:
    json.dump(words, file)
