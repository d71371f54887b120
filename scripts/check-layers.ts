// The dependency rule, checked. Usage: node scripts/check-layers.ts
// dependency-cruiser reads nothing, and says all is well, when it cannot find a TypeScript it knows;
// so the files it read are counted against the files there are.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { z } from 'zod';

const ROOTS = ['src', 'scripts', 'bench'].filter((folder) => existsSync(folder));

const cruiseSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string(), severity: z.string() }),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })),
    }),
  }),
});
type Cruise = z.infer<typeof cruiseSchema>;

function cruise(): Promise<Cruise> {
  const argv = [...ROOTS, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    execFile(
      'node_modules/.bin/depcruise',
      argv,
      { maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (stdout === '') {
          reject(new Error(`dependency-cruiser did not run: ${stderr}`, { cause: error }));
          return;
        }
        resolve(cruiseSchema.parse(JSON.parse(stdout)));
      },
    );
  });
}

/** Files there are but which were not read. */
function findUnread(result: Cruise): string[] {
  const read = new Set(result.modules.map((module) => module.source));
  return ROOTS.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${root}/${file}`),
  ).filter((file) => !read.has(file));
}

function describe(result: Cruise): string[] {
  const comments = new Map(result.summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
  return result.summary.violations.map(({ from, to, rule, cycle }) => {
    const arrow = [from, ...(cycle?.map((step) => step.name) ?? [to])].join(' -> ');
    return `${arrow}\n  ${rule.name}: ${comments.get(rule.name) ?? ''}`;
  });
}

const result = await cruise();
const unread = findUnread(result);
const faults = [
  ...describe(result),
  ...(unread.length === 0
    ? []
    : [
        `${unread.length} files were not read, so the rule was not checked there: ${unread.slice(0, 5).join(', ')}`,
      ]),
];
console.log(faults.length === 0 ? `${result.modules.length} modules, no forbidden arrow` : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
