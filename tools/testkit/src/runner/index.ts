export { checkout } from "./checkout.ts";
export { bootMachine, type Machine, type MachineOptions, type RunEvent } from "./machine.ts";
export { runAction, type ActionCall } from "./run-action.ts";
export { runWorkflow, type JobEnd, type WorkflowOptions } from "./run-workflow.ts";
export { runStep, type StepEnd, type WorkflowCommand } from "./step.ts";
