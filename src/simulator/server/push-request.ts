import type { RefChange } from '../git/ref-change.ts';
import { FLUSH, readPktLines, toPktLine } from './pkt-line.ts';

/** What a push asks for: refs to move, what the client can do, and the objects (empty when it only deletes). */
export type PushRequest = {
  readonly changes: readonly RefChange[];
  readonly capabilities: ReadonlySet<string>;
  readonly pack: Buffer;
};

/** Reads the body of `git-receive-pack`. */
export function toPushRequest(body: Buffer): PushRequest {
  const commands = readPktLines(body);
  const [first = ''] = commands.lines.map(String);
  const capabilities = new Set((first.split('\0')[1] ?? '').trim().split(' '));
  const changes = commands.lines.map(String).flatMap(toChange);
  const end = capabilities.has('push-options') ? readPktLines(body, commands.end).end : commands.end;
  return { changes, capabilities, pack: body.subarray(end) };
}

/** The body that tells a client why each of its refs was refused. */
export function toPushRefusal(push: PushRequest, reasons: ReadonlyMap<string, string>): Buffer {
  const report = [
    toPktLine('unpack ok\n'),
    ...push.changes.map(({ ref }) =>
      toPktLine(`ng ${ref} ${reasons.get(ref) ?? 'another ref of the same push was refused'}\n`),
    ),
    FLUSH,
  ].join('');
  // Band 1 carries the report when the client can tell bands apart.
  const bands = push.capabilities.has('side-band-64k');
  return Buffer.from(bands ? `${toPktLine(`\u0001${report}`)}${FLUSH}` : report);
}

function toChange(line: string): RefChange[] {
  const [before = '', after = '', ref = ''] = line.split('\0', 1)[0]?.trim().split(' ') ?? [];
  return ref === '' ? [] : [{ ref, before, after }];
}
