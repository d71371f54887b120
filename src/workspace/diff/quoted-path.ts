const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A path as git writes it in a patch header: plain, or quoted like a C string when it has odd characters. */
export function toPath(written: string): string {
  // A name with spaces is closed with a tab.
  const name = written.replace(/\t$/, '');
  if (!name.startsWith('"')) {
    return name;
  }
  const bytes: Buffer[] = [];
  for (const [piece, octal, letter] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gs)) {
    if (octal !== undefined) {
      bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    } else if (letter !== undefined) {
      bytes.push(Buffer.from([ESCAPES[letter] ?? letter.charCodeAt(0)]));
    } else {
      bytes.push(Buffer.from(piece));
    }
  }
  return Buffer.concat(bytes).toString();
}
