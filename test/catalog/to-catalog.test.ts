import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PlugIns } from '../../src/catalog/catalog.ts';
import { CatalogError } from '../../src/catalog/fault.ts';
import type { DataFile, DataFiles } from '../../src/catalog/read-data-files.ts';
import { toCatalog } from '../../src/catalog/to-catalog.ts';
import { defineGate, type Gate } from '../../src/domain/gate.ts';
import type { StepKind } from '../../src/domain/step-kind.ts';
import { stepKind as agent } from '../../src/steps/agent.ts';
import { stepKind as approval } from '../../src/steps/approval.ts';
import { stepKind as gates } from '../../src/steps/gates.ts';
import { stepKind as review } from '../../src/steps/review.ts';

const size = defineGate({
  name: 'size',
  summary: 'The change is small.',
  options: z.strictObject({ lines: z.int().positive().default(400).describe('Most lines it may touch.') }),
  judge: () => Promise.resolve({ kind: 'skip', summary: 'not asked' }),
});

const PLUG_INS: PlugIns = {
  gates: new Map<string, Gate>([['size', size]]),
  stepKinds: new Map<string, StepKind>([
    ['agent', agent],
    ['approval', approval],
    ['gates', gates],
    ['review', review],
  ]),
  commands: new Map(),
  members: new Map(),
};

const ROLE = {
  path: 'roles/builder.md',
  text: '---\nname: builder\ndescription: Writes code.\ntools: Read, Grep, Edit, bash\n---\n\nWrite little.\n',
};

const WORKFLOW = {
  path: 'workflows/feature.yaml',
  text: `name: feature
description: Builds a feature.
labels: [enhancement, Idea]
steps:
  - id: build
    kind: agent
    with: { role: builder, access: write }
  - id: judge
    kind: gates
    onReject: build
    with:
      gates:
        - gate: size
          with: { lines: 100 }
`,
};

const PROFILE = {
  path: 'profiles/node.yaml',
  text: 'name: node\nwhen: [package.json]\nchecks:\n  tests: { scripts: [test] }\n',
};

function workflow(name: string, steps: string, head = ''): DataFile {
  return { path: `workflows/${name}.yaml`, text: `name: ${name}\ndescription: x\n${head}steps:\n${steps}` };
}

function catalogOf(files: Partial<DataFiles>): ReturnType<typeof toCatalog> {
  return toCatalog({ workflows: [], roles: [ROLE], profiles: [], ...files }, PLUG_INS);
}

/** The faults as printed, one per line. */
function faultsOf(files: Partial<DataFiles>): readonly string[] {
  try {
    catalogOf(files);
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.message.split('\n');
    }
    throw error;
  }
  return [];
}

describe('src/catalog/to-catalog.ts', () => {
  test('holds what the files say', () => {
    const catalog = catalogOf({ workflows: [WORKFLOW], profiles: [PROFILE] });
    expect(catalog.workflows.get('feature')?.steps.map(({ id }) => id)).toEqual(['build', 'judge']);
    expect(catalog.roles.get('builder')).toEqual({
      name: 'builder',
      description: 'Writes code.',
      model: 'inherit',
      tools: ['read', 'search', 'edit', 'bash'],
      brief: 'Write little.',
    });
    expect(catalog.profiles.map(({ name }) => name)).toEqual(['node']);
    expect(catalog.gates.get('size')).toBe(size);
  });

  test('finds the workflow of a label, whatever its case', () => {
    const catalog = catalogOf({ workflows: [WORKFLOW] });
    for (const label of ['enhancement', 'idea', 'IDEA', 'baton:feature', 'Baton:Feature']) {
      expect(catalog.workflowForLabel(label)?.name).toBe('feature');
    }
    expect(catalog.workflowForLabel('bug')).toBeNull();
  });

  test('defines a workflow with the roles it names and no others', () => {
    const other = { path: 'roles/other.md', text: ROLE.text.replace('builder', 'other') };
    const definition = catalogOf({ workflows: [WORKFLOW], roles: [ROLE, other] }).define('feature');
    expect(Object.keys(definition.roles)).toEqual(['builder']);
    expect(definition.workflow.name).toBe('feature');
    expect(() => catalogOf({ workflows: [WORKFLOW] }).define('nope')).toThrow(
      "there is no workflow 'nope'; there are feature",
    );
  });

  test('reports every fault of every file at once, with its place and remedy', () => {
    const faults = faultsOf({
      workflows: [
        WORKFLOW,
        workflow('names', '  - { id: a, kind: dream }\n  - { id: a, kind: agent, with: { role: ghost } }\n'),
        workflow('options', '  - id: a\n    kind: agent\n    with: { role: builder, acess: write }\n'),
        workflow('missing', '  - id: a\n    kind: agent\n'),
        workflow('back', '  - id: a\n    kind: review\n    onReject: b\n    with: { role: builder }\n'),
        workflow(
          'asking',
          '  - { id: a, kind: agent, with: { role: builder } }\n  - { id: b, kind: approval, with: { show: c, question: Go on? } }\n  - { id: c, kind: agent, with: { role: builder } }\n',
        ),
        workflow(
          'judged',
          '  - id: a\n    kind: gates\n    with:\n      gates:\n        - gate: magic\n        - { gate: size, with: { lines: 0 } }\n',
        ),
        workflow('labelled', '  - { id: a, kind: agent, with: { role: builder } }\n', 'labels: [b, idea]\n'),
        { path: 'workflows/other-name.yaml', text: WORKFLOW.text.replace('labels: [enhancement, Idea]', '') },
        { path: 'workflows/shape.yaml', text: 'name: shape\nsteps: []\ncolour: red\n' },
        { path: 'workflows/twice.yaml', text: 'name: twice\nname: twice\n' },
      ],
      roles: [ROLE, { path: 'roles/bare.md', text: 'You are bare.\n' }],
      profiles: [
        { path: 'profiles/go.yaml', text: 'name: go\nwhen: go.mod\nchecks: { tests: { script: test } }\n' },
      ],
    });
    expect(faults).toEqual([
      'profiles/go.yaml:2:7: `when` is wrong: Invalid input: expected array, received string. Correct the value.',
      'profiles/go.yaml:3:18: `checks.tests.scripts` is missing. Add it.',
      'profiles/go.yaml:3:20: `checks.tests.script` is not known here. Remove it, or correct its spelling.',
      'roles/bare.md:1:1: there is no front matter. Begin the file with `---`, name, description and tools, and another `---`.',
      "workflows/asking.yaml:5:44: it needs the result of 'c', which is no earlier step. Name an earlier step: a.",
      "workflows/back.yaml:6:15: onReject names 'b', which is no earlier step. There is none to choose from; take it out.",
      "workflows/judged.yaml:8:17: there is no gate 'magic'. Name a gate: size.",
      "workflows/judged.yaml:9:19: gate 'size' is not set up right: lines: Too small: expected number to be >0. Correct its `with`; the options of size are in docs/reference/gates.md.",
      "workflows/labelled.yaml:3:13: the label 'idea' starts feature already. Take it out of one of the two.",
      'workflows/missing.yaml:4:5: `steps[0].with.role` is missing. Add it.',
      "workflows/names.yaml:4:20: there is no step kind 'dream'. Name a step kind: agent, approval, gates, review.",
      "workflows/names.yaml:5:11: there is a step 'a' already. Give each step its own id.",
      "workflows/names.yaml:5:41: there is no role 'ghost'. Write roles/ghost.md, or name builder, bare.",
      'workflows/options.yaml:6:28: `steps[0].with.acess` is not known here. Remove it, or correct its spelling.',
      "workflows/other-name.yaml:1:1: the label 'baton:feature' starts feature already. Take it out of one of the two.",
      "workflows/other-name.yaml:1:7: the file is named 'other-name' and its content 'feature'. Give both the same name.",
      'workflows/shape.yaml:1:1: `description` is missing. Add it.',
      'workflows/shape.yaml:2:8: `steps` is wrong: Too small: expected array to have >=1 items. Correct the value.',
      'workflows/shape.yaml:3:1: `colour` is not known here. Remove it, or correct its spelling.',
      'workflows/twice.yaml:2:1: a key stands here twice. Keep one of the two.',
    ]);
  });

  test('refuses to show what may have been passed over, unless both are', () => {
    const facts = 'facts: { big: { type: boolean, means: it is big } }';
    function asking(when: string): readonly string[] {
      return faultsOf({
        workflows: [
          workflow(
            'asking',
            [
              `  - { id: a, kind: agent, with: { role: builder, ${facts} } }`,
              '  - { id: b, kind: agent, with: { role: builder }, when: { fact: big, is: true } }',
              `  - { id: c, kind: approval, with: { show: b, question: Go on? }${when} }\n`,
            ].join('\n'),
          ),
        ],
      });
    }
    const fault = 'workflows/asking.yaml:6:44: it needs the result of ';
    expect(asking('')).toEqual([`${fault}'b', which may be passed over. Give this step the \`when\` of b.`]);
    expect(asking(', when: { fact: big, is: false }')).toHaveLength(1);
    expect(asking(', when: { fact: big, is: true }')).toEqual([]);
  });

  test.each([
    ['an alias', 'a: &x 1\nb: *x\n', 'profiles/p.yaml:2:4: aliases are not read here. Write the value out.'],
    ['a tag', 'name: !!binary aGk=\n', 'profiles/p.yaml:1:7: tags are not read here. Write the plain value.'],
    ['a merge key', 'name: p\n<<: { when: [x] }\n', 'profiles/p.yaml:2:1: `<<` is not known here.'],
    ['two documents', 'name: p\n---\nname: q\n', 'profiles/p.yaml:2:1: a second document begins here.'],
    ['a broken list', 'name: [\n', 'profiles/p.yaml:2:1: '],
    ['nothing', '', 'profiles/p.yaml:1:1: the file is wrong'],
  ])('refuses YAML with %s', (_what, text, fault) => {
    const faults = faultsOf({ profiles: [{ path: 'profiles/p.yaml', text }] });
    expect(faults.some((line) => line.startsWith(fault))).toBe(true);
  });

  test('gives a fault in front matter the line it has in the file', () => {
    const text = '---\nname: r\ndescription: x\nmodel: gpt\ntools: Read, Fly\n---\nDo.\n';
    expect(faultsOf({ roles: [{ path: 'roles/r.md', text }] })).toEqual([
      'roles/r.md:4:8: `model` is wrong: Invalid option: expected one of "opus"|"sonnet"|"haiku"|"inherit". Use one of: opus, sonnet, haiku, inherit.',
      'roles/r.md:5:8: `tools[1]` is wrong: Invalid option: expected one of "read"|"search"|"edit"|"bash". Use one of: read, search, edit, bash.',
    ]);
  });
});
