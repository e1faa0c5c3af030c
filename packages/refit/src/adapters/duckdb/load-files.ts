import type { OpenRequest } from "../../ports/tables.ts";
import { loadAtOnce, type LoadedFiles } from "./load-at-once.ts";
import { loadStepByStep } from "./load-step-by-step.ts";
import type { Session } from "./session.ts";

/** Reads the files into the table below the view `source`. */
export async function loadFiles(session: Session, request: OpenRequest): Promise<LoadedFiles> {
  return (await loadAtOnce(session, request)) ?? loadStepByStep(session, request);
}
