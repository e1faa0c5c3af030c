export type { Hindrance, Reproduction } from "@refit/core/answers";
