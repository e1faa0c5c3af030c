"""scikit-learn, written as ONNX: refit answers with it itself, so that there is no predict.py."""

import refit_job
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

job = refit_job.read()
train = refit_job.rows(job["train"])
inputs = refit_job.inputs(job, train)

texts = [column["name"] for column in job["columns"] if column["type"] == "string"]
numbers = [name for name in refit_job.features(job) if name not in texts]
inputs[texts] = inputs[texts].fillna("")  # a text that is missing is empty in ONNX
forest = RandomForestRegressor if job["task"] == "regression" else RandomForestClassifier
model = make_pipeline(
    make_column_transformer((OneHotEncoder(handle_unknown="ignore"), texts), (SimpleImputer(), numbers)),
    forest(random_state=job["seed"], n_jobs=job["threads"], **job["settings"]),
)
model.fit(inputs, refit_job.labels(job, train))

kinds = [(name, (StringTensorType if name in texts else FloatTensorType)([None, 1])) for name in refit_job.features(job)]
options = {} if job["task"] == "regression" else {"options": {"zipmap": False}}
onnx = to_onnx(model, initial_types=kinds, **options)
with open(refit_job.model_file(job, "model.onnx"), "wb") as file:
    file.write(onnx.SerializeToString())
