"""Answers for rows without labels, with the trees that train.py wrote."""

import lightgbm
import refit_job

job = refit_job.read()
booster = lightgbm.Booster(model_file=refit_job.model_file(job, "model.txt"))
inputs = refit_job.inputs(job, refit_job.rows(job["rows"]))
inputs = inputs.astype({name: "category" for name in inputs.select_dtypes(exclude="number")})
inputs.columns = [f"c{i}" for i in range(inputs.shape[1])]
refit_job.write_predictions(job, booster.predict(inputs, num_threads=job["threads"]))
