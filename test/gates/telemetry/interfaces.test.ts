import { describe, expect, test } from 'vitest';
import { gate } from '../../../src/gates/telemetry.ts';
import { evidenceOf } from '../../support/evidence.ts';

const PATH = 'docs/plan/ISSUE-7.md';

async function judge(interfaces: string, files: Readonly<Record<string, string>>) {
  const all = {
    [PATH]: `# Orders\n\n## Public interfaces\n\n${interfaces}\n`,
    'src/metrics.ts': "export const took = meter.createHistogram('orders.duration');\n",
    ...files,
  };
  const heads = Object.entries(all).map(([path, head]) => [path, { head }]);
  const verdict = await gate.judge(evidenceOf({ files: Object.fromEntries(heads) }), gate.options.parse({}));
  return verdict.kind === 'fail'
    ? verdict.findings.map(({ path, line, message }) => `${path}:${line} ${message.split('. ')[0]}`)
    : verdict.summary;
}

/** A server of Node without a framework. */
function server(body: string): string {
  return `import { createServer } from 'node:http';
createServer((req, res) => {
${body}
}).listen(8080);
`;
}

const SPAN = "tracer.startActiveSpan('x', (span) => res.end());";
const OTHER = `  if (req.url === '/y') {\n    ${SPAN}\n  }`;

describe('src/gates/telemetry.ts: paths that a server compares itself', () => {
  test.each([
    ['if', "  if (req.url === '/x') {\n    res.end();\n  }"],
    ['if with a method', "  if (req.method === 'POST' && '/x' === req.url) {\n    res.end();\n  }"],
    ['else', "  if (req.url === '/y') {\n    span();\n  } else if (req.url === '/x') {\n    res.end();\n  }"],
    [
      'switch',
      "  switch (req.url) {\n    case '/y':\n      span();\n      break;\n    case '/x':\n      res.end();\n  }",
    ],
    ['both in one', "  switch (`${req.method} ${req.url}`) {\n    case 'POST /x':\n      res.end();\n  }"],
    ['a guard', "  if (req.url !== '/x') {\n    span();\n    return;\n  }\n  res.end();"],
    ['an expression', '  if (/^\\/x$/.test(req.url)) {\n    res.end();\n  }'],
    ['&&', "  req.url === '/x' && res.end();"],
    [
      'another method',
      "  if (req.method === 'GET' && req.url === '/x') {\n    span();\n  }\n  if (req.method === 'POST' && req.url === '/x') {\n    res.end();\n  }",
    ],
    ['a table', "  const handlers = { '/x': () => res.end() };\n  handlers[req.url]();"],
    ['beside another', `  if (!!(req.url === '/x')) {\n    res.end();\n  }\n${OTHER}`],
    ['not for all', `  if (req.url === '/x' && !user.isBlocked) {\n    res.end();\n  }\n${OTHER}`],
    ['there', `  if (req.url.indexOf('/x') !== -1) {\n    res.end();\n  }\n${OTHER}`],
    ['not false', `  if ((req.url === '/x') !== false) {\n    res.end();\n  }\n${OTHER}`],
    ['else of others', `  if (req.url !== '/x') {\n    ${SPAN}\n  } else {\n    res.end();\n  }`],
    ['one of two', `  const y = req.url !== '/x' ? span() : res.end();`],
    ['a guard with a span', `  if (!(req.url === '/x')) {\n    ${SPAN}\n    return;\n  }\n  res.end();`],
    ['a guard of two', `  if (req.url !== '/x' && ready) {\n    ${SPAN}\n    return;\n  }\n  res.end();`],
    ['half a guard', `  if (ready && req.url !== '/x') {\n    ${SPAN}\n    return;\n  }\n  res.end();`],
  ])('one without a span is named: %s', async (_, body) => {
    const text = server(body.replaceAll('span();', SPAN));
    expect(await judge('- `POST /x`', { 'src/server.ts': text })).toEqual([
      expect.stringMatching(/^src\/server.ts:\d+ The public interface `POST \/x` has no span$/),
    ]);
  });

  test.each([
    ['if', `  if (req.url === '/x') {\n    ${SPAN}\n  }`],
    ['switch', `  switch (req.url) {\n    case '/x':\n    case '/y':\n      ${SPAN}\n  }`],
    ['its handler', "  if (req.url === '/x') {\n    serveX(res);\n  }"],
    [
      'all of the server',
      `  return tracer.startActiveSpan('request', () => {\n    if (req.url === '/x') {\n      res.end();\n    }\n  });`,
    ],
    [
      'what comes before',
      "  const span = tracer.startSpan('request');\n  if (req.url === '/x') {\n    res.end();\n  }",
    ],
    ['a guard', `  if (req.url !== '/x') {\n    return;\n  }\n  ${SPAN}`],
    ['a guard of both', `  if (req.method !== 'POST' || req.url !== '/x') {\n    return;\n  }\n  ${SPAN}`],
    ['a guard by a test', `  if (!/^\\/x$/.test(req.url)) {\n    return;\n  }\n  ${SPAN}`],
    ['a guard after it', `  ${SPAN}\n  if (req.url.indexOf('/x') === -1) {\n    return;\n  }\n  res.end();`],
    ['else of others', `  if (req.url !== '/x') {\n    res.end();\n  } else {\n    ${SPAN}\n  }`],
    ['twice the opposite', `  if (!(req.url !== '/x')) {\n    ${SPAN}\n  }`],
    ['a table', "  const handlers = { '/x': serveX };\n  handlers[req.url](res);"],
  ])('one with a span is watched: %s', async (_, body) => {
    const handler = `function serveX(res) {\n  ${SPAN}\n}\n`;
    expect(await judge('- `POST /x`', { 'src/server.ts': handler + server(body) })).toContain('Watched: 1');
  });

  const PYTHON_SPAN = 'with tracer.start_as_current_span("x"):\n                self.answer()';
  test.each<[string, string, string, boolean]>([
    ['GET /x', 'do_GET', 'if self.path == "/x":\n            self.answer()', false],
    ['GET /x', 'do_GET', `if self.path == "/x":\n            ${PYTHON_SPAN}`, true],
    [
      'GET /x',
      'do_GET',
      `if self.path == "/y":\n            ${PYTHON_SPAN}\n        elif self.path == "/x":\n            self.answer()`,
      false,
    ],
    ['GET /x', 'do_GET', `match self.path:\n            case "/x":\n                self.answer()`, false],
    ['GET /x', 'do_GET', 'self.answer()', false],
    ['GET /x', 'do_GET', `if True:\n            ${PYTHON_SPAN}`, true],
    [
      'GET /x',
      'do_GET',
      `if not not self.path == "/x":\n            self.answer()\n        elif self.path == "/y":\n            ${PYTHON_SPAN}`,
      false,
    ],
    [
      'GET /x',
      'do_GET',
      `if re.match("/x", self.path) is not None:\n            self.answer()\n        elif True:\n            ${PYTHON_SPAN}`,
      false,
    ],
    [
      'GET /x',
      'do_GET',
      `if self.path not in ("/x", "/z"):\n            ${PYTHON_SPAN}\n            return\n        self.answer()`,
      false,
    ],
    [
      'GET /x',
      'do_GET',
      `if self.path != "/x":\n            return\n        if True:\n            ${PYTHON_SPAN}`,
      true,
    ],
    ['GET /orders/{id}', 'do_GET', 'if self.path.startswith("/orders/"):\n            self.answer()', false],
  ])('reads handlers of Python: %s in %s', async (route, name, body, isWatched) => {
    const text = `class Handler(BaseHTTPRequestHandler):\n    def ${name}(self):\n        ${body}\n`;
    const said = await judge(`- \`${route}\``, { 'app/server.py': text });
    expect(said).toEqual(
      isWatched
        ? expect.stringContaining('Watched: 1')
        : [
            expect.stringMatching(
              new RegExp(
                `^app/server.py:\\d+ The public interface \`${route.replace('{', '\\{')}\` has no span$`,
              ),
            ),
          ],
    );
  });

  test.each([
    [
      'in another method of Python',
      'app/server.py',
      'class H:\n    def do_GET(self):\n        if self.path == "/x":\n            span()\n',
    ],
    ['only asked of another server', 'src/a.ts', "await fetch('/x');\n"],
  ])('a route that is nowhere is asked for: %s', async (_, path, text) => {
    expect(await judge('- `POST /x`', { [path]: text })).toEqual([
      `${PATH}:5 The public interface \`POST /x\` is in no changed file`,
    ]);
  });

  test('what instruments all requests watches a route that was not found', async () => {
    const files = { 'app/telemetry.py': 'FastAPIInstrumentor.instrument_app(app)\n' };
    expect(await judge('- `POST /x`', files)).toContain('not found in what was read: POST /x');
  });
});

describe('src/gates/telemetry.ts: what a plan lists that is no function', () => {
  const CODE = { 'src/a.ts': 'export const a = 1;\n' };

  test.each([
    '- index `users(email)`',
    '- a unique index on `users(email)`, for the login',
    '- `users(email)`: unique index',
    '- `users(email)` (composite index)',
    '| name | what |\n|---|---|\n| `users(email)` | new index |',
    '### Tables and indexes\n\n- `users(email)`',
    '- table `users`\n\nIt is found by `users(email)`, which is new.',
    'There is an index on `users(email)`.',
  ])('takes it for data by the words of the plan: %s', async (interfaces) => {
    expect(await judge(interfaces, CODE)).toContain('not found in what was read: ');
  });

  test('says that it is not sure when the plan does not, and how to tell', async () => {
    expect(await judge('- `users(email)`', CODE)).toEqual([
      `${PATH}:5 The public interface \`users(email)\` is in no changed file`,
    ]);
  });

  test.each(['- `createOrder(input)`: writes a row of the table of orders', '- table `createOrder(input)`'])(
    'does not let words excuse what the code defines: %s',
    async (interfaces) => {
      const said = await judge(interfaces, { 'src/a.ts': 'export function createOrder() {}\n' });
      expect(said).toEqual(['src/a.ts:1 The public interface `createOrder(input)` has no span']);
    },
  );

  test('does not let words on another excuse one in a sentence', async () => {
    const said = await judge('`ping()` has no span; `createOrder()` makes one.', {
      'src/a.ts': 'export function createOrder() {}\n',
    });
    expect(said).toContain('src/a.ts:1 The public interface `createOrder()` has no span');
  });

  test('does not let the name of a table excuse a function that is missing', async () => {
    expect(await judge('- `createOrder(input)`: writes a row of the table of orders', CODE)).toHaveLength(1);
  });
});
