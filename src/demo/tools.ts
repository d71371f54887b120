import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '../../node_modules');

/**
 * What the gates of the example find, in the form of `BATON_TOOLS`. The native compiler comes first: types are checked
 * at every judging, and it takes a seventh of the time.
 */
export const DEMO_TOOLS = [join(PACKAGES, 'typescript7/bin'), join(PACKAGES, '.bin')].join(':');
