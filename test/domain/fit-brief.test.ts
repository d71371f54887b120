import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BriefInput, buildBrief } from '../../src/domain/build-brief.ts';
import { estimateTokens, firstTokens } from '../../src/domain/estimate-tokens.ts';
import { type BriefPart, fitBrief } from '../../src/domain/fit-brief.ts';
import { aRepeatingRun } from '../support/runs.ts';

const KINDS = ['earlier round', 'other tasks', 'change', 'result', 'instructions', 'body'] as const;

function part(kind: (typeof KINDS)[number] | null, text: string, name = kind ?? ''): BriefPart {
  return kind === null ? { place: 'prompt', text } : { place: 'prompt', text, room: { kind, name } };
}

function tokensOf(parts: readonly BriefPart[]): number {
  return parts.reduce((sum, { text }) => sum + estimateTokens(text) + 1, 0);
}

const LONG = 'word '.repeat(3000);

describe('domain/fit-brief', () => {
  it('leaves all as it is when there is room', () => {
    const parts = [part(null, 'Design.'), part('result', 'Done.')];
    expect(fitBrief(parts, 1000)).toEqual({ parts, leftOut: [] });
  });

  it('gives up what is least relevant first, and what is older before what is newer', () => {
    const parts = [
      part('instructions', LONG, 'first file'),
      part('instructions', LONG, 'second file'),
      part('body', LONG),
      part('other tasks', LONG),
      part('result', LONG, 'older'),
      part('result', LONG, 'newer'),
      part('change', LONG),
      part('earlier round', LONG),
      part(null, LONG),
    ];
    const order = [9, 8, 7, 6, 5, 4, 3, 2].map((fitting) => fitBrief(parts, fitting * 5001 + 300).leftOut);
    const names = order.map((leftOut) => leftOut.at(-1)?.replace(/ \(about .*/, ''));
    expect(names).toEqual([
      undefined,
      'earlier round',
      'other tasks',
      'change',
      'older',
      'newer',
      'second file',
      'first file',
    ]);
    const last = fitBrief(parts, 1);
    expect(last.leftOut.at(-1)).toMatch(/^body \(about \d+ tokens\)$/);
    expect(last.parts.at(-1)?.text).toBe(LONG);
    expect(last.parts[2]?.text).toBe('To keep room for the work, body was left out here.');
  });

  it('never takes more than it may while something can give way, and never touches what always stays', () => {
    const parts = fc.array(
      fc.record({ kind: fc.constantFrom(...KINDS, null), length: fc.integer({ min: 0, max: 20_000 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 30_000 }), (given, most) => {
        const all = given.map(({ kind, length }) => part(kind, 'x'.repeat(length)));
        const fitted = fitBrief(all, most);
        const lasting = all.filter(({ room }) => room === undefined);
        expect(fitted.parts.filter(({ room }) => room === undefined)).toEqual(lasting);
        expect(fitted.parts).toHaveLength(all.length);
        const nothingLeft = fitted.parts.every(
          ({ room, text }, index) =>
            room === undefined ||
            text.startsWith('To keep room') ||
            estimateTokens(all[index]?.text ?? '') < 30,
        );
        expect(nothingLeft || tokensOf(fitted.parts) <= most).toBe(true);
        expect(fitted.leftOut.length === 0 || tokensOf(all) > most).toBe(true);
      }),
    );
  });

  it('cuts no character in two', () => {
    expect(firstTokens('ä€😀', 1)).toBe('ä');
    expect(firstTokens('ä€😀', 2)).toBe('ä€');
    expect(firstTokens('ä€😀', 3)).toBe('ä€😀');
    expect(estimateTokens('漢字')).toBe(2);
  });

  it('keeps a brief under 30 % of the window, with its fences closed, and a good part of the change', () => {
    const run = aRepeatingRun();
    const input: BriefInput = {
      role: { name: 'a', description: '', model: 'inherit', tools: [], brief: 'Write.' },
      report: 'work',
      access: 'write',
      timeoutMs: 1000,
      turns: 5,
      diff: `+${'const MAX = 100;\n+'.repeat(20_000)}`,
      repository: [{ kind: 'read', path: 'AGENTS.md', text: 'Use tabs. '.repeat(3000) }],
      token: 'f00d',
    };
    const { instructions, prompt, leftOut } = buildBrief(run, { ...input, windowTokens: 60_000 });
    expect(estimateTokens(instructions + prompt)).toBeLessThanOrEqual(0.3 * 60_000);
    expect(leftOut?.[0]).toMatch(/^the change so far \(about \d+ tokens\)$/);
    expect(prompt).toContain('only the beginning of the change so far is shown here.');
    expect(estimateTokens(prompt)).toBeGreaterThan(5000);
    expect(prompt.match(/<untrusted-f00d /g)?.length).toBe(prompt.match(/<\/untrusted-f00d>/g)?.length);
    // What must be settled is told whatever else there is.
    expect(prompt).toContain('review sent it back');
    const whole = buildBrief(run, input);
    expect(whole.leftOut).toBeUndefined();
    expect(whole.prompt).toContain(input.diff.trimEnd());
  });
});
