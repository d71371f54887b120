/** How long, and how often, `vi.waitFor` looks for what comes without an event: it ends what hangs. In milliseconds. */
export const PATIENCE = { timeout: 60_000, interval: 100 };
