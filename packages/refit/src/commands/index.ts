import type { Command } from "./command.ts";

/** Every command, loaded only when it is asked for. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: () => import("./init.ts"),
  run: () => import("./run.ts"),
  plan: () => import("./plan.ts"),
  train: () => import("./train.ts"),
  choose: () => import("./choose.ts"),
  status: () => import("./status.ts"),
  log: () => import("./log.ts"),
  show: () => import("./show.ts"),
  diff: () => import("./diff.ts"),
  check: () => import("./check.ts"),
  features: () => import("./features.ts"),
  verify: () => import("./verify.ts"),
  reproduce: () => import("./reproduce.ts"),
  promote: () => import("./promote.ts"),
  export: () => import("./export.ts"),
  import: () => import("./import.ts"),
  rollback: () => import("./rollback.ts"),
  reject: () => import("./reject.ts"),
  accept: () => import("./accept.ts"),
  backtest: () => import("./backtest.ts"),
  drift: () => import("./drift.ts"),
  cache: () => import("./cache.ts"),
  doctor: () => import("./doctor.ts"),
  schema: () => import("./schema.ts"),
};
