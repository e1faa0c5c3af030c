/**
 * Does some work while a program of the user's runs, which leaves this process free.
 *
 * @param call says when the program runs. Where it starts none, the work begins after it.
 * @param work is given the call, to wait for it before another program is started.
 * @returns what both found, once both have ended.
 * @throws what the call throws, and else what the work throws.
 */
export async function whileAway<Found, Done>(
  call: (onStarted: () => void) => Promise<Found>,
  work: (called: Promise<Found>) => Promise<Done>,
): Promise<[Found, Done]> {
  let working: Promise<Done> | null = null;
  const begin = (): Promise<Done> => (working ??= work(called));
  // The call is under way when it says so, and begins with something that takes time.
  const called: Promise<Found> = Promise.resolve().then(() => call(() => void begin().catch(() => {})));
  const [found] = await Promise.allSettled([called]);
  const [done] = await Promise.allSettled([found.status === "fulfilled" ? begin() : working]);
  if (found.status === "rejected") throw found.reason;
  if (done.status === "rejected") throw done.reason;
  return [found.value, done.value!];
}
