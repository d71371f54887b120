import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';

const { roles } = await readCatalog({ directory: '.' });

/** What a role costs is decided once: a tier is not changed in passing. */
const TIERS = {
  architect: 'opus',
  assistant: 'sonnet',
  'code-searcher': 'sonnet',
  'ux-design-expert': 'sonnet',
  'backend-architect': 'sonnet',
  'code-reviewer': 'sonnet',
  'context-manager': 'opus',
  'database-architect': 'opus',
  'database-optimization': 'sonnet',
  'devops-engineer': 'sonnet',
  'error-detective': 'sonnet',
  'fix-executor': 'sonnet',
  'implementation-executor': 'sonnet',
  'security-auditor': 'opus',
  'synthesis-architect': 'opus',
  docs: 'sonnet',
  planner: 'opus',
  scaffolder: 'sonnet',
  security: 'opus',
  telemetry: 'sonnet',
  tester: 'sonnet',
  implementer: 'sonnet',
  'mcp-expert': 'sonnet',
  'principal-software-engineer': 'sonnet',
  'search-specialist': 'haiku',
};

describe('roles: tiers of models', () => {
  it('each of these roles has its own; one that is added is right with any', () => {
    expect(Object.fromEntries([...roles.values()].map(({ name, model }) => [name, model]))).toMatchObject(
      TIERS,
    );
  });
});
