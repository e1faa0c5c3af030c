export type { Diagnosis } from "@refit/core/answers";
