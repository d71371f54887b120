import { z } from 'zod';

const MAX_LENGTH = 1000;

/** What a person may write behind a command: one line without control characters. */
export const remarkSchema = z
  .string()
  .max(
    MAX_LENGTH,
    `that is longer than ${MAX_LENGTH} characters; put the details in a comment and name it here`,
  )
  .regex(/^\P{Cc}*$/u, 'that holds control characters; write it as one line of plain text');
