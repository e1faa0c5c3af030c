import { portableLog } from "../portable-log.ts";
import { portableExp } from "../portable-math.ts";

/** Answers nearer than this to 0 or 1 count as this near: log-odds of about ±16. */
const nearest = 1e-7;

/** Log-odds of a probability. Example: 0.5 gives 0. */
export function logit(probability: number): number {
  const p = Math.min(Math.max(probability, nearest), 1 - nearest);
  return portableLog(p / (1 - p));
}

export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + portableExp(-z)) : portableExp(z) / (1 + portableExp(z));
}
