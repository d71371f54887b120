import type { PhaseLimits } from '../../src/domain/spec/lay-out-phases.ts';
import type { Phase } from '../../src/domain/spec/spec.ts';

export const SPEC_LIMITS: PhaseLimits = {
  from: 'spec',
  roles: {
    build: 'implementation-executor',
    fix: 'fix-executor',
    merge: 'synthesis-architect',
    review: 'code-reviewer',
  },
  timeoutMinutes: 30,
  maxRejections: 3,
};

/** A phase with one module, one file and one criterion of prose. */
export function aPhase(changes: Partial<Phase> = {}): Phase {
  return {
    numbers: [1],
    name: 'Set-up',
    line: 3,
    section: '### Phase 1: Set-up',
    tasks: ['Build it'],
    modules: ['api'],
    testCommand: 'npm test',
    criteria: [{ kind: 'prose', text: 'It works', line: 9 }],
    gotchas: [],
    files: ['src/api.ts'],
    dependsOn: [],
    placeholders: 'none',
    ...changes,
  };
}
