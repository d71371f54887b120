import { z } from 'zod';

/** Where a document of a run is, as a workflow says it. */
export const documentPath = z
  .string()
  .regex(/^(?!.*\.\.)[A-Za-z0-9][\w./{}-]{0,199}\.md$/, 'a path inside of the repository that ends in .md');
