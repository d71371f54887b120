import { describe, expect, it } from 'vitest';
import { configurationCheck } from '../../src/presentation/configuration-check.ts';

const CHANGE = { headSha: 'a'.repeat(40), baseRef: 'main', fork: false };

describe('src/presentation/configuration-check', () => {
  it('shows each fault at its line', () => {
    const faults = [
      {
        path: '.github/baton.yml',
        line: 3,
        message: 'there is no @nobody. Name it.',
        severity: 'error' as const,
      },
    ];
    const check = configurationCheck(CHANGE, { kind: 'faulty', faults });
    expect(check).toMatchObject({
      name: 'baton / configuration',
      sha: CHANGE.headSha,
      conclusion: 'failure',
      title: 'The configuration has 1 finding',
      annotations: [{ path: '.github/baton.yml', line: 3, level: 'failure' }],
    });
    expect(check).toMatchObject({ summary: expect.stringContaining('there is no @ nobody') });
  });

  it('says what would change, and that it does not hold yet', () => {
    const changes = Array.from(
      { length: 120 },
      (_, index) => `\`gates.modes.g${index}\`: nothing becomes \`"strict"\``,
    );
    const check = configurationCheck(CHANGE, { kind: 'right', changes });
    expect(check).toMatchObject({ conclusion: 'success', title: 'The configuration is right' });
    expect(JSON.stringify(check)).toContain('… and 20 more');
    expect(JSON.stringify(check)).toContain('before it is on the default branch');
  });

  it('says when nothing changes', () => {
    expect(configurationCheck(CHANGE, { kind: 'right', changes: [] })).toMatchObject({
      title: 'The configuration stays as it is',
    });
  });
});
