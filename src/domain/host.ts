import { z } from 'zod';

/** A name whose last label begins with a letter, since what looks like a number is taken for an address; and a port. */
const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){0,20}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[1-9]\d{0,4})?$/;

/** A host of the network as people write it: `name` for its port 443, or `name:port`. Addresses are none. */
export const hostTextSchema = z
  .string()
  .max(260)
  .transform((text) => text.toLowerCase())
  .refine(
    (text) => HOST.test(text),
    'must be the name of a host, such as files.example.com or files.example.com:8443',
  );
