import { z } from 'zod';
import { hostTextSchema } from './host.ts';

/** Where packages come from, or what is known about them. */
export const registrySchema = z.strictObject({
  name: z.string().min(1).describe('By this name an operator sets a mirror, or switches it off.'),
  orMirrorOf: z
    .string()
    .min(1)
    .optional()
    .describe('Of this name the mirror counts where the operator says nothing of the other.'),
  variable: z.string().min(1).describe('The variable that takes the URL of a mirror.'),
  hosts: z.array(hostTextSchema).min(1).describe('What is reached when there is no mirror.'),
});
export type Registry = z.infer<typeof registrySchema>;
