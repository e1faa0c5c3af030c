import type { InferredModel } from "./infer-spec.ts";

/** `refit_job.rows` reads Parquet with pyarrow. */
export const requirementsText = "pandas\npyarrow\nscikit-learn\n";

/** A pipeline that takes texts, dates, truth values, numbers and gaps as they come. */
export function trainText(task: InferredModel["task"]): string {
  const model = task === "regression" ? "HistGradientBoostingRegressor" : "HistGradientBoostingClassifier";
  return `"""Trains the model. refit calls it with rows, and judges what it writes."""

import joblib
import refit_job
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import ${model}
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

job = refit_job.read()
train = refit_job.rows(job["train"])

encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
texts = make_column_selector(dtype_exclude="number")
model = make_pipeline(
    make_column_transformer((encode, texts), remainder="passthrough"),
    ${model}(random_state=job["seed"], **job["settings"]),
)
model.fit(refit_job.inputs(job, train), refit_job.labels(job, train))
joblib.dump(model, refit_job.model_file(job, "model.joblib"))
print(f"learned from {len(train)} rows")
`;
}

export function predictText(task: InferredModel["task"]): string {
  const answer = task === "regression" ? "predict" : "predict_proba";
  return `"""Answers for rows without labels, with the model that was trained."""

import joblib
import refit_job

job = refit_job.read()
model = joblib.load(refit_job.model_file(job, "model.joblib"))
rows = refit_job.rows(job["rows"])
refit_job.write_predictions(job, model.${answer}(refit_job.inputs(job, rows)))
`;
}
