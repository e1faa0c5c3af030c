import type { Command } from "./command.ts";

/** Commands by their name, each loaded only when it is asked for. */
type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** By what somebody wants to do, as `refit help` lists them. */
export type CommandGroups = Readonly<Record<string, Commands>>;

export const commandGroups: CommandGroups = {
  "Set up": {
    demo: () => import("./demo.ts"),
    init: () => import("./init.ts"),
    check: () => import("./check.ts"),
    import: () => import("./import.ts"),
    doctor: () => import("./doctor.ts"),
    schema: () => import("./schema.ts"),
    explain: () => import("./explain.ts"),
  },
  "Keep models fresh": {
    run: () => import("./run.ts"),
    promote: () => import("./promote.ts"),
    canary: () => import("./canary.ts"),
    rollback: () => import("./rollback.ts"),
    reject: () => import("./reject.ts"),
    accept: () => import("./accept.ts"),
    backtest: () => import("./backtest.ts"),
  },
  "See how they are": {
    status: () => import("./status.ts"),
    dashboard: () => import("./dashboard.ts"),
    log: () => import("./log.ts"),
    history: () => import("./history.ts"),
    report: () => import("./report.ts"),
    site: () => import("./site.ts"),
    show: () => import("./show.ts"),
    diff: () => import("./diff.ts"),
    drift: () => import("./drift.ts"),
    monitor: () => import("./monitor.ts"),
  },
  "Use what is live": {
    predict: () => import("./predict.ts"),
    serve: () => import("./serve.ts"),
    export: () => import("./export.ts"),
    features: () => import("./features.ts"),
  },
  "Trust a version": {
    verify: () => import("./verify.ts"),
    shadow: () => import("./shadow.ts"),
    evidence: () => import("./evidence.ts"),
    reproduce: () => import("./reproduce.ts"),
    probes: () => import("./probes.ts"),
    sign: () => import("./sign.ts"),
    "verify-signature": () => import("./verify-signature.ts"),
  },
  "In pipelines, and with many models": {
    affected: () => import("./affected.ts"),
    plan: () => import("./plan.ts"),
    train: () => import("./train.ts"),
    choose: () => import("./choose.ts"),
    cache: () => import("./cache.ts"),
  },
};

export const commands: Commands = Object.assign({}, ...Object.values(commandGroups));
