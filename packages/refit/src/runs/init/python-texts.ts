import type { InferredModel } from "./infer-spec.ts";

/** `refit_job.rows` reads Parquet with pyarrow. */
export const requirementsText = "pandas\npyarrow\nscikit-learn\n";

/** Numbers in place of files, for a program that nobody has written for them yet. */
export const fileNumbersText = `"""What the model sees of the files that rows name. Replace numbers() by what suits yours, such as the pixels of a picture."""

import numpy as np
import pandas as pd
import refit_job

NAMES = ["bytes", "mean", *(f"from {16 * i}" for i in range(16))]


def numbers(path):
    """How long a file is, the mean of its bytes, and how they are spread: for any file, and knowing little of most."""
    content = np.fromfile(path, dtype=np.uint8)
    shares = np.bincount(content >> 4, minlength=16) / max(1, len(content))
    return dict(zip(NAMES, [len(content), content.sum() / max(1, len(content)), *shares]))


def inputs(job, table):
    """The columns to predict from, with numbers in place of each file. A row without a file has none."""
    columns = refit_job.inputs(job, table)
    for column in job["columns"]:
        if column["type"] == "file":
            paths = columns.pop(column["name"])
            rows = [{} if pd.isna(path) else numbers(path) for path in paths]
            frame = pd.DataFrame(rows, columns=NAMES, index=columns.index, dtype="float64")
            columns = columns.join(frame.add_prefix(f"{column['name']} "))
    return columns
`;

/** Where both programs get what they predict from. */
const inputsFrom = (hasFiles: boolean) => (hasFiles ? "file_numbers" : "refit_job");
const imports = (hasFiles: boolean) => (hasFiles ? "import file_numbers\nimport joblib" : "import joblib");

/** A pipeline that takes texts, dates, truth values, numbers and gaps as they come. */
export function trainText(task: InferredModel["task"], hasFiles: boolean): string {
  const model = task === "regression" ? "HistGradientBoostingRegressor" : "HistGradientBoostingClassifier";
  return `"""Trains the model. refit calls it with rows, and judges what it writes."""

${imports(hasFiles)}
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
model.fit(${inputsFrom(hasFiles)}.inputs(job, train), refit_job.labels(job, train))
joblib.dump(model, refit_job.model_file(job, "model.joblib"))
print(f"learned from {len(train)} rows")
`;
}

export function predictText(task: InferredModel["task"], hasFiles: boolean): string {
  const answer = task === "regression" ? "predict" : "predict_proba";
  return `"""Answers for rows without labels, with the model that was trained."""

${imports(hasFiles)}
import refit_job

job = refit_job.read()
model = joblib.load(refit_job.model_file(job, "model.joblib"))
rows = refit_job.rows(job["rows"])
refit_job.write_predictions(job, model.${answer}(${inputsFrom(hasFiles)}.inputs(job, rows)))
`;
}
