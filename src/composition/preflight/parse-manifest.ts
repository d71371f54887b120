import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z
  .object({
    default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])),
    default_events: z.array(z.string()),
  })
  .transform(({ default_permissions: permissions, default_events: events }) => ({ permissions, events }));

/** What the App asks for when it is registered. */
export type AppManifest = z.output<typeof manifestSchema>;

/** From the text of `app.yml`. */
export function parseManifest(text: string): AppManifest {
  return manifestSchema.parse(parse(text));
}
