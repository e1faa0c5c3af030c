export { predictionLine, type PredictionLine } from "./prediction-line.ts";
