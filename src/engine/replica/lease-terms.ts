/** How long a lease lasts without being renewed, in milliseconds of the database's clock. Then others take over. */
export const LEASE_MS = 4_000;
/** How long its holder trusts it: less, since the holder's clock starts before the database's does. */
export const TRUST_MS = 3_000;
export const RENEW_EVERY_MS = 1_000;
/** A free lock counts only when the holder has not renewed for so long: a broken session is made again sooner. */
export const SILENCE_MS = 1_200;
/**
 * Whoever has not renewed its own lease for so long may have stood still, and the others with it. A shorter rest, on top
 * of the time between two renewals, makes nobody's lease run out.
 */
export const REST_MS = LEASE_MS / 2;
/** So long others may need to come back after what has interrupted all: one try to connect, and the pause before it. */
export const RETURN_MS = 3_500;

/** Key of the session lock that an executor holds while its process lives; `$1` is its id. */
export const LOCK_KEY = `hashtextextended('baton executor ' || $1::text, 0)`;
