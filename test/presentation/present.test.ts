import { describe, expect, it } from 'vitest';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import type { Run } from '../../src/domain/run.ts';
import { type Surface, surfaceSchema } from '../../src/domain/surface.ts';
import { byteLength } from '../../src/presentation/clip.ts';
import { present } from '../../src/presentation/present.ts';
import { cpuMs } from '../support/cpu-ms.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import { approved, judged, proposed } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import {
  aCancelledRun,
  aHeldRun,
  anEscalatedRun,
  aQueuedRun,
  aRefusedRun,
  aRepeatingRun,
  aRunningRun,
  aSecurityHeldRun,
  aSucceededRun,
  aWithdrawnRun,
} from '../support/runs.ts';

const all: readonly Run[] = [
  aQueuedRun(),
  aRunningRun(),
  aRepeatingRun(),
  aHeldRun(),
  aSecurityHeldRun(),
  anEscalatedRun(),
  aSucceededRun(),
  aCancelledRun(),
  aRefusedRun(),
  aWithdrawnRun(),
];

/** The surfaces as they would be written, checked by their schema. */
function shown(run: Run): Surface[] {
  return present(run).map((surface) => surfaceSchema.parse(surface));
}

function texts(surface: Surface): string[] {
  switch (surface.kind) {
    case 'comment':
      return [surface.body];
    case 'check-run':
      return [surface.title, surface.summary];
    case 'pull-request':
      return [surface.title, surface.body];
    case 'label':
    case 'reaction':
      return [];
  }
}

/** A run in which everything that strangers or models write is this text, up to its pull request or to a hold. */
function runFilledWith(
  text: string,
  end: 'proposed' | 'rejected' | 'security' | 'broke',
  workflow = aWorkflow(),
): Run {
  const findings = Array.from({ length: 80 }, (_, index) => ({
    path: 'src/a.ts',
    line: index + 1,
    message: text,
    severity: 'error' as const,
  }));
  const work: OutcomeInput = { kind: 'passed', summary: text, details: text };
  const evil: OutcomeInput = {
    kind: 'rejected',
    summary: text,
    findings,
    verdicts: [
      { gate: 'tests', verdict: { kind: 'fail', summary: text, findings, evidence: text }, durationMs: 1 },
      {
        gate: 'types',
        verdict: { kind: 'broke', summary: text, remedy: text, evidence: text },
        durationMs: 1,
      },
      { gate: 'size', verdict: { kind: 'skip', summary: text }, durationMs: 1 },
    ],
  };
  const held: OutcomeInput = {
    kind: 'held',
    summary: text,
    hold: { kind: 'approval', question: text, shown: `${text}\n\n${text}`, findings },
  };
  const ends: Record<typeof end, OutcomeInput[]> = {
    proposed: [judged, work, proposed],
    rejected: [judged, { kind: 'rejected', summary: text, findings }],
    security: [{ ...held, hold: { kind: 'security', question: text, shown: text, findings } }],
    broke: [{ kind: 'broke', summary: text, remedy: text, retriable: false }],
  };
  return runAfter(
    [
      work,
      work,
      held,
      approved(),
      { ...work, checkpoint: sha('b') },
      evil,
      { ...work, checkpoint: sha('c') },
      ...ends[end],
    ],
    anOrder({ ticket: { ...anOrder().ticket, title: text, body: text }, trigger: text }),
    { workflow, roles: {} },
  );
}

/** Markdown without its code blocks, in which nothing acts. */
function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})text\n[\s\S]*?^\1$/gm, '');
}

const ENDS = ['proposed', 'rejected', 'security', 'broke'] as const;

describe('src/presentation/present', () => {
  it('is the same for the same run', () => {
    for (const run of all) {
      expect(present(structuredClone(run))).toEqual(present(run));
    }
  });

  it('gives valid surfaces with keys of their own, and no check run on the base commit', () => {
    for (const run of all) {
      const surfaces = shown(run);
      expect(new Set(surfaces.map(({ key }) => key)).size).toBe(surfaces.length);
      for (const surface of surfaces) {
        expect(surface.kind === 'check-run' && surface.sha === sha('a')).toBe(false);
        expect(surface.kind === 'check-run' && surface.conclusion === undefined).toBe(false);
      }
    }
  });

  it.each(ENDS)('lets nothing that is written by others act (%s)', (end) => {
    const text = [
      '/baton approve',
      '@org/everyone fixes #1, closes acme/orders#2',
      '<!-- baton:run=x --><img src=x onerror=alert(1)></details>',
      '![x](https://evil.example/?q=1) &#64;octocat \u202egnp.exe\u200b',
      '```',
      '@org/everyone',
      '/lgtm',
    ].join('\n');
    const markdown = shown(runFilledWith(text, end)).flatMap(texts).join('\n\n');
    expect(markdown).toContain('@ org/everyone');
    expect(markdown).not.toMatch(/^\/[a-z]/im);
    expect(markdown).not.toContain('<!--');
    expect(markdown).not.toMatch(/[\u202e\u200b]/);
    const active = withoutFences(markdown);
    expect(active).not.toMatch(/(?<![\w])@[a-z]/i);
    expect(active).not.toMatch(/<img|!\[|&#64;/);
    expect(active.match(/<\/details>/g)?.length).toBe(active.match(/<details>/g)?.length);
    expect(active.match(/(?:fix(?:es)?|closes?) \S*#\d+/gi) ?? []).toEqual(
      end === 'proposed' ? ['Closes #42'] : [],
    );
  });

  it.each(ENDS)('stays below the limits of GitHub, whatever is written (%s)', (end) => {
    const steps = Array.from({ length: 300 }, (_, index) => ({
      ...aWorkflow().steps[0]!,
      id: `extra-${index}`,
      title: '水'.repeat(80),
    }));
    const workflow = aWorkflow({ steps: [...aWorkflow().steps, ...steps] });
    const run = runFilledWith('水`\n'.repeat(40_000), end, workflow);
    const before = cpuMs();
    for (const surface of shown(run)) {
      for (const text of texts(surface)) {
        expect(byteLength(text)).toBeLessThanOrEqual(60_000);
      }
      if (surface.kind === 'check-run') {
        expect(surface.title.length).toBeLessThanOrEqual(255);
        expect(surface.annotations.length).toBeLessThanOrEqual(50);
      }
    }
    expect(cpuMs() - before).toBeLessThan(2000);
  });

  it('keeps the commands and the run id when the rest has to be cut', () => {
    const run = runFilledWith('x\n'.repeat(100_000), 'security');
    const [progress] = shown(run).flatMap(texts);
    expect(progress).toMatch(/\/baton approve [0-9a-f]{12}/);
    expect(progress).toMatch(/cut here/);
    expect(progress).toMatch(/Run `run-0123456789abcdef0123`. Comment `\/baton help` for all commands.$/);
  });

  it('shows the pull request once it has been opened', () => {
    expect(present(aRepeatingRun()).some(({ kind }) => kind === 'pull-request')).toBe(false);
    expect(present(aSucceededRun()).filter(({ kind }) => kind === 'pull-request')).toHaveLength(1);
  });

  it('shows the waiting label while held, takes it off after, and leaves other runs alone', () => {
    const held = aHeldRun();
    const label = { kind: 'label', key: 'waiting', name: 'baton: waiting' };
    expect(present(held)).toContainEqual({ ...label, present: true });
    expect(present(happen(held, approved()).run)).toContainEqual({ ...label, present: false });
    expect(present(aCancelledRun())).toContainEqual({ ...label, present: false });
    expect(present(happen(anEscalatedRun(), { kind: 'cancel', reason: '' }).run)).toContainEqual({
      ...label,
      present: false,
    });
    expect(present(aRunningRun()).some(({ kind }) => kind === 'label')).toBe(false);
  });
});
