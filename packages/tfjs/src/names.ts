export const MODEL_FILE = "model.json";
export const WEIGHTS_FILE = "weights.bin";
