import type { Role } from './role.ts';

/** The operator's model for each tier that a role can name, by the name under which the runtime knows it. */
export type Models = Readonly<Record<Role['model'], string>>;
