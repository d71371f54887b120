// The dependency rule: every folder of src sees src/domain, src/ports and itself. Type imports count.
// Exceptions are the composition roots (all) and src/catalog (the generated registries).

const ROOTS = '^src/(main|app|demo|cli)\\.ts$|^src/(composition|demo|cli)/';
const PURE = '^src/(domain|ports|gates|commands|steps|presentation|orchestration)/';
const PLUG_INS = '^src/(gates|commands|steps|runtimes|github/webhooks|mcp/tools|team/members)/';
const REGISTRY = '/registry\\.gen\\.ts$';

/** A package that only some folders may know. */
function wall(name, { vendor, allowed, comment }) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: '^src/', pathNot: allowed },
    to: { path: `node_modules/(${vendor})/` },
  };
}

/** Packages of GitHub that are there for their types: fine for the simulator and the demo, nothing may be run. */
const GITHUB_TYPES = 'node_modules/@octokit/(openapi-types|openapi-webhooks-types)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one idea, or a third one is missing.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'folders-see-domain-and-ports',
      severity: 'error',
      comment: 'Take what you need as a value through a port; the composition root hands it in.',
      from: { path: '^src/([^/]+)/', pathNot: [ROOTS, '^src/(domain|ports|catalog)/'] },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/(domain|ports)/'] },
    },
    {
      name: 'domain-is-the-bottom',
      severity: 'error',
      comment:
        'The domain is values and rules. It knows zod, a parser of Markdown and one of cron expressions, both without I/O, and itself.',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', 'node_modules/(zod|markdown-it|croner)/'] },
    },
    {
      name: 'ports-see-domain',
      severity: 'error',
      comment: 'A port is an interface over values of the domain.',
      from: { path: '^src/ports/' },
      to: { pathNot: ['^src/(ports|domain)/', 'node_modules/zod/'] },
    },
    {
      name: 'catalog-sees-registries',
      severity: 'error',
      comment: 'The catalog reads data files and generated registries, never a plug-in by name.',
      from: { path: '^src/catalog/' },
      to: { path: '^src/', pathNot: ['^src/(catalog|domain|ports)/', REGISTRY] },
    },
    {
      name: 'only-roots-compose',
      severity: 'error',
      comment: 'At the top of src there are the composition roots and nothing else.',
      from: { path: '^src/[^/]+\\.ts$', pathNot: ROOTS },
      to: {},
    },
    {
      name: 'registries-are-for-the-catalog',
      severity: 'error',
      comment: 'A plug-in is found through the catalog or handed in by a composition root.',
      from: { path: '^src/', pathNot: [ROOTS, '^src/catalog/'] },
      to: { path: REGISTRY },
    },
    {
      name: 'plug-ins-do-not-see-siblings',
      severity: 'error',
      comment: 'What two plug-ins share goes into a folder beside them, such as parts/.',
      from: { path: PLUG_INS, pathNot: REGISTRY },
      to: { path: '^src/$1/[^/]+\\.ts$' },
    },
    {
      name: 'pure-code-has-no-node',
      severity: 'error',
      comment: 'Time, randomness and I/O come through ports, so that a replay gives the same values.',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'src-runs-without-dev-dependencies',
      severity: 'error',
      comment: 'An installation without dev dependencies must start. Types are fine.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'The product does not need its tests, scripts or benchmarks.',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    wall('probot-stays-in-github', {
      vendor: 'probot',
      allowed: '^src/github/',
      comment: 'Only src/github knows Probot.',
    }),
    {
      name: 'octokit-stays-in-github',
      severity: 'error',
      comment:
        'Only src/github knows Octokit. The simulator and the demo may use its types and a user’s client.',
      from: { path: '^src/', pathNot: ['^src/github/', '^src/(simulator|demo)/', '^src/demo\\.ts$'] },
      to: { path: 'node_modules/@octokit/' },
    },
    {
      name: 'simulator-is-not-made-of-octokit',
      severity: 'error',
      comment: 'The simulator answers Octokit; made of its parts it would only agree with itself.',
      from: { path: '^src/(simulator/|demo/|demo\\.ts$)' },
      to: { path: 'node_modules/@octokit/', pathNot: [GITHUB_TYPES, 'node_modules/@octokit/rest/'] },
    },
    {
      name: 'github-types-are-types',
      severity: 'error',
      comment: 'These packages hold no code worth running; import type.',
      from: { path: '^src/' },
      to: { path: GITHUB_TYPES, dependencyTypesNot: ['type-only'] },
    },
    wall('dbos-stays-in-engine', {
      vendor: '@dbos-inc',
      allowed: '^src/engine/',
      comment: 'Only src/engine knows the durable engine.',
    }),
    wall('model-libraries-stay-in-runtimes', {
      vendor: 'ai|@ai-sdk|@agentclientprotocol',
      allowed: '^src/runtimes/',
      comment: 'Only the runtimes know how a model or an agent is talked to.',
    }),
    wall('sql-stays-in-store-and-engine', {
      vendor: 'pg|kysely|@types/pg',
      allowed: '^src/(store|engine)/',
      comment: 'SQL has two homes.',
    }),
    wall('prices-stay-in-gateway', {
      vendor: '@pydantic',
      allowed: '^src/gateway/',
      comment: 'What a call cost is found out where it is metered.',
    }),
    wall('mcp-stays-in-mcp', {
      vendor: '@modelcontextprotocol',
      allowed: '^src/mcp/',
      comment: 'Only src/mcp knows the protocol of interactive agents.',
    }),
    wall('hono-stays-in-pages', {
      vendor: 'hono|@hono',
      allowed: '^src/(simulator|dashboard)/',
      comment: 'Only pages are made with Hono.',
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Packages that hold only types have no `main`; they are found by their `types`.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['main', 'types'],
    },
  },
};
