import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/registry.gen.ts';
import { parseComment } from '../../src/domain/parse-comment.ts';
import { cpuMs } from '../support/cpu-ms.ts';

function asks(body: string) {
  return parseComment(body, commands).map((parsed) => parsed.ask);
}

const approve = { kind: 'approve', digest: null };

function misspelt(words: string) {
  return { kind: 'misspelt', problem: expect.stringContaining(words) };
}

describe('src/domain/parse-comment', () => {
  it.each([
    ['plain', '/baton approve'],
    ['blank lines before', '\n  \n/baton approve'],
    ['windows line ends', '\r\n/baton approve\r\nthanks\r\n'],
    ['old mac line ends', '/baton approve\rthanks'],
    ['byte order mark', '\uFEFF/baton approve'],
    ['zero-width space', '\u200B/baton approve'],
    ['non-breaking space', '/baton\u00A0approve'],
    ['tab between', '/baton\tapprove'],
    ['upper case', '/Baton APPROVE'],
    ['up to three spaces', '   /baton approve  '],
    ['prose after', '/baton approve\nThanks, well done.'],
    ['an e-mail reply', '/baton approve\n\nOn Monday somebody wrote:\n> /baton cancel'],
  ])('%s acts', (_, body) => {
    expect(asks(body)).toEqual([approve]);
  });

  it.each([
    ['nothing', ''],
    ['prose', 'We should approve this.'],
    ['prose before', 'I think so:\n/baton approve'],
    ['a quote', '> /baton approve'],
    ['a quote before', '> what about\n/baton approve'],
    ['a fence', '```\n/baton approve\n```'],
    ['a tilde fence', '~~~\n/baton approve\n~~~'],
    ['indented code', '    /baton approve'],
    ['tab-indented code', '\t/baton approve'],
    ['inline code', '`/baton approve`'],
    ['an HTML comment', '<!--\n/baton approve\n-->'],
    ['an HTML block', '<details>\n/baton approve\n</details>'],
    ['a list', '- /baton approve'],
    ['another slash command', '/lgtm\n/baton approve'],
    ['a longer word', '/batons approve-list'],
    ['a path', '/baton/approve'],
    ['a command that the window cuts', `${' '.repeat(20_000)}/baton approve`],
  ])('%s does not act', (_, body) => {
    expect(asks(body)).toEqual([]);
  });

  it('reads consecutive lines in order and stops at the first other line', () => {
    const body = '/baton approve\n/baton status\n/baton retry use the parser\n\n/baton cancel';
    expect(parseComment(body, commands)).toEqual([
      { ordinal: 0, ask: approve, requires: 'write' },
      { ordinal: 1, ask: { kind: 'status' }, requires: 'triage' },
      { ordinal: 2, ask: { kind: 'retry', guidance: 'use the parser' }, requires: 'write' },
    ]);
  });

  it('reads five commands and says that it read no more', () => {
    expect(asks('/baton status\n'.repeat(8))).toEqual([
      ...Array.from({ length: 5 }, () => ({ kind: 'status' })),
      misspelt('5 commands'),
    ]);
  });

  it('takes the prefix alone for help', () => {
    expect(asks('/baton')).toEqual([{ kind: 'help', topic: null }]);
  });

  it.each([
    ['/baton aprove', 'Did you mean `/baton approve`?'],
    ['/baton apporve', 'Did you mean `/baton approve`?'],
    ['/baton approve.', 'Did you mean `/baton approve`?'],
    ['/baton cancle', 'Did you mean `/baton cancel`?'],
    ['/batton approve', 'Did you mean `/baton approve`?'],
    ['/bton approve', 'Did you mean `/baton approve`?'],
    ['/baton deploy', '`/baton deploy` is not a command. The commands are `/baton approve`, `/baton budget`'],
    ['/baton <!--x-->', 'That is not a command.'],
    ['/baton approve yes', '`/baton approve 3f9c21`'],
    ['/baton reject', 'what has to change'],
  ])('%s is answered: %s', (body, words) => {
    expect(asks(body)).toEqual([misspelt(words)]);
  });

  it('answers a misspelt command only to people with a role', () => {
    for (const body of ['/baton aprove', '/batton run', '/baton approve yes', '/baton dance']) {
      expect(parseComment(body, commands).map((parsed) => parsed.requires)).toEqual(['triage']);
    }
  });

  it.each([
    ['spaces', ' '],
    ['line feeds', '\n'],
    ['tabs', '\t'],
    ['HTML comments', '<!--'],
    ['images', '!['],
    ['slashes', '/'],
    ['prefixes', '/baton '],
    ['command lines', '/baton aproove\n'],
    ['backticks', '`'],
    ['non-breaking spaces', '\u00A0'],
  ])('256 KiB of %s are read in linear time', (_, unit) => {
    const body = unit.repeat(Math.ceil(262_144 / unit.length));
    parseComment('/baton help', commands);
    const before = cpuMs();
    const found = parseComment(body, commands);
    expect(cpuMs() - before).toBeLessThan(500);
    expect(found.length).toBeLessThanOrEqual(6);
  });

  it('never throws, and never acts on a text whose first line is no command', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(asks(`prose ${text}\n/baton approve`)).toEqual([]);
        expect(parseComment(`/baton ${text}`, commands).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
