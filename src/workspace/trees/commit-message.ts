import type { Seal } from '../../ports/workspace.ts';

/** The message of a checkpoint: its subject, and trailers by which the run knows its own work again. */
export function toCommitMessage(seal: Seal): string {
  return toMessage(seal.subject, {
    'Baton-Run': seal.runId,
    'Baton-Step': seal.step,
    'Baton-Attempt': String(seal.attempt),
  });
}

/** A message of one line, and trailers by name. */
export function toMessage(subject: string, trailers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(trailers).map(([name, value]) => `${name}: ${toLine(value)}`);
  return [toLine(subject) || 'Checkpoint', '', ...lines, ''].join('\n');
}

/** The `Baton-*` trailers in the last paragraph of a raw commit object. */
export function toTrailers(commitObject: string): Readonly<Record<string, string>> {
  const message = commitObject.slice(commitObject.indexOf('\n\n') + 2);
  const last =
    message
      .trimEnd()
      .split(/\n{2,}/)
      .at(-1) ?? '';
  const trailers: Record<string, string> = {};
  for (const line of last.split('\n')) {
    const match = /^(Baton-[A-Za-z]+): (.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      trailers[match[1]] = match[2];
    }
  }
  return trailers;
}

/** One line without control characters, so that nothing in it can become a trailer. */
function toLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 250);
}
