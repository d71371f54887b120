/** SHA-256 of a text, in lower-case hexadecimal. */
export type Digest = (text: string) => string;
