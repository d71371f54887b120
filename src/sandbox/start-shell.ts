const FIRST_TO_GO = '{ echo 1000 > /proc/self/oom_score_adj; } 2> /dev/null; exec "$@"';

/**
 * A shell that becomes the command behind it. It joins the two outputs, so that they keep their order, and makes the
 * command the first to go when memory runs out, so that one which asks for too much does not take the server with it.
 */
export const START_SHELL = ['/bin/sh', '-c', `${FIRST_TO_GO} 2>&1`, 'sh'] as const;

/** The same with the two outputs apart: what a process that is talked to says goes to the standard output only. */
export const START_TALKING_SHELL = ['/bin/sh', '-c', FIRST_TO_GO, 'sh'] as const;
