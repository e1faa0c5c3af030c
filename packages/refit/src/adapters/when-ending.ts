const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const tasks: (() => void)[] = [];

/**
 * Does something before this process ends: by itself, or since a person or a runner told it to. The newest task comes first.
 *
 * @returns takes the task back.
 */
export function whenEnding(task: () => void): () => void {
  if (tasks.length === 0) listen();
  tasks.push(task);
  return () => {
    const at = tasks.lastIndexOf(task);
    if (at >= 0) tasks.splice(at, 1);
    if (tasks.length === 0) stopListening();
  };
}

function listen(): void {
  process.on("exit", doAll);
  for (const signal of signals) process.on(signal, endBy);
}

function stopListening(): void {
  process.off("exit", doAll);
  for (const signal of signals) process.off(signal, endBy);
}

function doAll(): void {
  while (tasks.length > 0) tasks.pop()!();
}

/** Then the signal does what it does to every process. */
function endBy(signal: NodeJS.Signals): void {
  doAll();
  stopListening();
  process.kill(process.pid, signal);
}
