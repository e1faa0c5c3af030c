// What a thread does that helps. It is bundled as a script of its own, see `program.ts`.
import { workerData } from "node:worker_threads";
import { takePart, type SharedReplicates } from "./take-part.ts";

takePart(workerData as SharedReplicates);
