import { usualMemory } from "@refit/core/spec";

/** Options of every command that reads data. */
export const limitOption = { memory: { type: "string" }, limit: { type: "string", multiple: true } } as const;
export const limitHelp = {
  memory: `memory that reading and preparing the data may take in this run, such as 800MiB or 4GiB; default: the manifest's limits.memoryMiB, else ${usualMemory}`,
  limit:
    "NAME=NUMBER for this run, whatever the data manifest says: memoryMiB, spillMiB, downloadMiB or prepareSeconds; may be repeated",
};
