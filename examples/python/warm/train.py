"""Trains a linear model with scikit-learn that goes on from the live one (start: warm); see docs/command-learner.md."""

import joblib
import numpy as np
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import refit_job

job = refit_job.read()
train = refit_job.rows(job["train"])
inputs = refit_job.inputs(job, train)

before = refit_job.champion_file(job, "model.joblib")
if before is None:
    numbers = make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler())
    texts = make_column_selector(dtype_exclude="number")
    encoder = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), texts), remainder=numbers).fit(inputs)
    model = SGDClassifier(loss="log_loss", random_state=job["seed"])
else:
    # Weights are worth something only for the columns that they were learned for, so the encoder stays as it was.
    encoder, model = joblib.load(before)

columns, labels = encoder.transform(inputs), refit_job.labels(job, train)
passes = int(job["settings"].get("passes", 5))
for done in range(passes):
    model.partial_fit(columns, labels, np.arange(len(job["target"]["classes"])), refit_job.weights(job, train))
    refit_job.progress((done + 1) / passes)
joblib.dump((encoder, model), refit_job.model_file(job, "model.joblib"))
