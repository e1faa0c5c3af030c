import { learners } from "@refit/tabular";
import { machineThreads } from "./machine-threads.ts";

const { gbdt, auto } = learners;
const fit: typeof gbdt.fit = async (request) => gbdt.fit({ ...request, threads: machineThreads });
const fitAuto: typeof auto.fit = async (request) => auto.fit({ ...request, threads: machineThreads });

/** The learners of the package; trees are trained on all threads of the machine. */
export const threadedLearners: typeof learners = {
  ...learners,
  gbdt: { ...gbdt, fit },
  auto: { ...auto, fit: fitAuto },
};
