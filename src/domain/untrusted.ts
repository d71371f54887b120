import { stripHidden } from './strip-hidden.ts';
import { toVisible } from './visible.ts';

/**
 * Text from outside (a report, a diff) for a brief: fenced by a token that its author could not know, labelled, and
 * without invisible characters. The text cannot contain the token, so it cannot end its own fence.
 */
export function fenceUntrusted(what: string, text: string, token: string): string {
  return `<untrusted-${token} what="${what}">\n${withoutToken(toVisible(text), token)}\n</untrusted-${token}>`;
}

/**
 * The same for what somebody wrote on GitHub: without what no reader sees there. Behind the fence it is said how much
 * that was.
 */
export function fenceWritten(what: string, text: string, token: string): string {
  const { text: shown, parts } = stripHidden(text);
  const fenced = fenceUntrusted(what, shown, token);
  return parts === 0 ? fenced : `${fenced}\n\n${leftOutWords(parts)} of the ${what}: no reader sees them.`;
}

function leftOutWords(parts: number): string {
  return parts === 1 ? '1 hidden part was left out' : `${parts} hidden parts were left out`;
}

/** Text that cannot name the fences of its brief. */
export function withoutToken(text: string, token: string): string {
  // Not merely taken out: what stood around it could join to make it again.
  return text.replaceAll(token, '[...]');
}
