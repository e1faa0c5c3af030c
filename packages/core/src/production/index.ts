export { predictionLine } from "./prediction-line.ts";
