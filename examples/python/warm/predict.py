"""Predicts with the model of train.py; see docs/command-learner.md."""

import joblib

import refit_job

job = refit_job.read()
encoder, model = joblib.load(refit_job.model_file(job, "model.joblib"))
rows = refit_job.rows(job["rows"])
inputs = refit_job.inputs(job, rows)
answers = model.predict_proba(encoder.transform(inputs)) if len(inputs) > 0 else []
refit_job.write_predictions(job, answers)
