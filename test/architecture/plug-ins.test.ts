import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from './copy-project.ts';

/** One new file of each kind, and nothing else. */
const NEW_FILES = {
  'src/gates/planted-gate.ts': `import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';

export const gate = defineGate({
  name: 'planted-gate',
  summary: 'Judges nothing.',
  options: z.strictObject({ depth: z.int().default(2).describe('How deep it looks.') }),
  judge: () => Promise.resolve({ kind: 'skip', summary: 'nothing to judge' }),
});
`,
  'src/commands/planted-command.ts': `import { defineCommand } from '../domain/command.ts';

export const command = defineCommand({
  name: 'planted-command',
  summary: 'Says what runs.',
  usage: '/baton planted-command',
  examples: ['/baton planted-command'],
  requires: 'triage',
  parse: () => ({ ask: { kind: 'status' } }),
});
`,
  'src/steps/planted-step.ts': `import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'planted-step',
  summary: 'Asks a role, and judges with a gate.',
  options: z.strictObject({ asks: z.string(), judgedBy: z.string() }),
  role: ({ asks }) => asks,
  gates: ({ judgedBy }) => [{ gate: judgedBy, name: judgedBy, with: {} }],
  earlierSteps: () => [],
  perform: () => Promise.resolve({ kind: 'passed', summary: 'done' }),
});
`,
  'src/github/webhooks/planted-event.ts': `import { z } from 'zod';
import { defineWebhook } from './parts/define-webhook.ts';

export const webhook = defineWebhook({
  name: 'planted-event',
  summary: 'Nothing is heard in it.',
  event: 'planted_event',
  actions: ['created'],
  schema: z.object({}),
  toIntents: () => [],
});
`,
  'roles/planted-role.md': '---\nname: planted-role\ndescription: Does nothing.\n---\nDo nothing.\n',
  'profiles/planted-profile.yaml':
    'name: planted-profile\nwhen: [planted.toml]\nchecks:\n  tests:\n    command: planted test\n',
  'workflows/planted-workflow.yaml':
    'name: planted-workflow\ndescription: Does nothing.\nsteps:\n  - id: only\n    kind: planted-step\n    with: { asks: planted-role, judgedBy: planted-gate }\n',
};

let copy: ProjectCopy;
let generated = { code: -1, output: '' };

beforeAll(async () => {
  copy = await copyProject();
  await copy.write(NEW_FILES);
  generated = await copy.run('node', 'scripts/generate.ts');
});

afterAll(() => copy.remove());

describe('scripts/generate.ts', () => {
  test('takes one new file of each kind, with no other edit', () => {
    expect(generated).toEqual({ code: 0, output: expect.any(String) });
  });

  test.each([
    ['src/gates/registry.gen.ts', "import { gate as plantedGate } from './planted-gate.ts';"],
    ['src/commands/registry.gen.ts', '  plantedCommand,'],
    ['src/steps/registry.gen.ts', '  plantedStep,'],
    ['src/github/webhooks/registry.gen.ts', '  plantedEvent,'],
    ['docs/reference/gates.md', '| `depth` | integer | `2` | How deep it looks. |'],
    ['docs/reference/commands.md', '## planted-command'],
    ['docs/reference/step-kinds.md', '## planted-step'],
    ['docs/reference/webhooks.md', '## planted-event'],
    ['docs/reference/roles.md', '## planted-role'],
    ['docs/reference/profiles.md', '## planted-profile'],
    ['docs/reference/workflows.md', '## planted-workflow'],
    ['schemas/workflow.schema.json', '"planted-step"'],
  ])('writes it into %s', async (file, text) => {
    expect(await copy.read(file)).toContain(text);
  });

  test('finds nothing stale after that', async () => {
    expect(await copy.run('node', 'scripts/generate.ts', '--check')).toEqual({ code: 0, output: '' });
  });

  test('reports every fault of the plug-in folders at once', async () => {
    await copy.write({
      'src/gates/planted_Name.ts': "export const gate = { name: 'other' };\n",
      'src/commands/shared.ts': 'export const shared = 1;\n',
    });
    const { code, output } = await copy.run('node', 'scripts/generate.ts');
    expect(code).toBe(1);
    expect(output.trim().split('\n').toSorted()).toEqual([
      'src/commands/shared.ts exports no `command`. Export one, or move the file to src/commands/parts/.',
      'src/gates/planted_Name.ts is not named in kebab-case. Rename the file to lower-case words joined by hyphens.',
      "src/gates/planted_Name.ts names itself 'other'. Give it the file's name, 'planted_Name'.",
    ]);
  });

  test('refuses two files whose names come to the same', async () => {
    await copy.write({ 'src/gates/planted_gate.ts': "export const gate = { name: 'planted_gate' };\n" });
    const { code, output } = await copy.run('node', 'scripts/generate.ts');
    expect(code).toBe(1);
    expect(output).toContain('src/gates: planted-gate.ts and planted_gate.ts are the same name.');
  });
});
