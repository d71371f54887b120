import { describe, expect, it } from 'vitest';
import { stepKind } from '../../src/steps/parallel.ts';

const facts = { errorArea: { type: 'string', means: 'where it breaks' } };
const steps = ['look', 'measure'].map((id) => ({ id, kind: 'agent', with: { role: id, facts } }));

describe('steps/parallel', () => {
  it('lets its branches be asked to agree on what two of them report', () => {
    const options = stepKind.options.parse({ steps, agree: ['errorArea'] });
    expect(stepKind.agree(options)).toEqual(['errorArea']);
    expect(stepKind.agree(stepKind.options.parse({ steps }))).toEqual([]);
  });

  it.each([['count'], ['toString']])('refuses agreement on %s, which no two of them report', (fact) => {
    expect(stepKind.options.safeParse({ steps, agree: [fact] }).error?.issues).toMatchObject([
      { path: ['agree', 0], message: `${fact} is not reported by two of the steps` },
    ]);
  });

  it('has no place for a step that writes', () => {
    const writing = [steps[0], { id: 'write', kind: 'agent', with: { role: 'w', access: 'write' } }];
    expect(stepKind.options.safeParse({ steps: writing }).error?.issues[0]?.message).toContain('writes');
  });
});
