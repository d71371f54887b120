/**
 * Text from outside (an issue, a report, a diff) for a brief: fenced by a token that its author could not know,
 * and labelled. The text cannot contain the token, so it cannot end its own fence.
 */
export function fenceUntrusted(what: string, text: string, token: string): string {
  // Not merely taken out: what stood around it could join to make it again.
  const body = text.replaceAll(token, '[...]');
  return `<untrusted-${token} what="${what}">\n${body}\n</untrusted-${token}>`;
}
