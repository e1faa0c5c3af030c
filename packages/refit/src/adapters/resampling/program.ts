/** `worker.ts` and all that it needs, as one script: `bundle.mjs` puts it here. `null`: not bundled, so that there is one thread. */
export const resamplingProgram: string | null = null;
