import type { Lease } from '../../src/ports/lease.ts';
import type { Log } from '../../src/ports/log.ts';

export const HELD: Lease = { assertHeld: async () => Promise.resolve() };

export const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}
