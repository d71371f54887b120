/** Shorter texts occur by chance; hiding them would spoil the log and protect nothing. */
const MIN_PLAIN = 4;
const MIN_ENCODED = 6;
const MIN_LINE = 16;

/**
 * The texts in which a secret can show up: as it is, line by line, and escaped or encoded as JSON, URLs, base64 and
 * hexadecimal do it. Longest first, so that a whole is masked before its parts.
 */
export function toEncodings(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= MIN_LINE && !line.startsWith('-----'));
  const encoded = [
    ...lines.flatMap((line) => [line, ...toUrlForms(line)]),
    ...toJsonForms(secret),
    ...toUrlForms(secret),
    ...toBase64Forms(secret),
    ...toHexForms(secret),
  ].filter((text) => text.length >= MIN_ENCODED);
  const plain = secret.length >= MIN_PLAIN ? [secret, secret.trim()] : [];
  return [...new Set([...plain, ...encoded])]
    .filter((text) => text.length >= MIN_PLAIN)
    .toSorted((one, other) => other.length - one.length);
}

/** Inside a JSON string, and inside a JSON text that is itself inside one; also with non-ASCII as `\uXXXX`. */
function toJsonForms(text: string): string[] {
  const once = toJsonString(text);
  const ascii = toJsonString(text).replaceAll(/[^\0-\x7f]/g, toUnicodeEscape);
  return [once, ascii].flatMap((form) => [form, toJsonString(form)]);
}

function toJsonString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function toUnicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Programs differ in which characters they escape and in the case of the digits. */
function toUrlForms(text: string): string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replaceAll(/[!'()*]/g, toPercentEscape);
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  const forms = [component, strict, form, encodeURI(text.toWellFormed())];
  return forms.flatMap((escaped) => [escaped, escaped.replaceAll(/%[0-9A-F]{2}/g, toLowerCase)]);
}

function toPercentEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function toLowerCase(text: string): string {
  return text.toLowerCase();
}

/**
 * Base64 looks different depending on how many bytes come before (as in `Basic base64(user:secret)`). For each of
 * the three cases, this is the part that depends on the secret alone.
 */
function toBase64Forms(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((shifted.length * 8) / 6);
    return [
      shifted.toString('base64').slice(from, to),
      shifted.toString('base64url').slice(from, to),
      encodeURIComponent(shifted.toString('base64').slice(from, to)),
    ];
  });
}

function toHexForms(text: string): string[] {
  const hex = Buffer.from(text, 'utf8').toString('hex');
  return [hex, hex.toUpperCase()];
}
