export const NETWORK_FILE = "model.json";
export const WEIGHTS_FILE = "weights.bin";
