import type { Surface } from '../../domain/surface.ts';

/** A surface of one kind. */
export type SurfaceOf<Kind extends Surface['kind']> = Extract<Surface, { kind: Kind }>;
