import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/telemetry.ts';
import { evidenceOf } from '../support/evidence.ts';

const PATH = 'docs/plan/ISSUE-7.md';
const METRIC = "export const took = meter.createHistogram('orders.duration');\n";

const SCRIPT = `import { log } from './logger.ts';
export async function createOrder(input) {
  return tracer.startActiveSpan('createOrder', async (span) => {
    log.info({ event: 'created', requestId, call_id: callId });
  });
}
`;

const PYTHON = `from app.telemetry import logger, tracer

@router.post("/orders/{order_id}/items")
async def add_item(order_id: str) -> Item:
    with tracer.start_as_current_span("add_item"):
        logger.info("added", extra={"request_id": r, "call_id": c})
`;

function judge(interfaces: string, files: Readonly<Record<string, string>>, options = {}) {
  const all = {
    [PATH]: `# Orders\n\n## Public interfaces\n\n${interfaces}\n`,
    'package.json': '{ "dependencies": { "pino": "10.0.0" } }',
    'src/metrics.ts': METRIC,
    ...files,
  };
  const heads = Object.entries(all).map(([path, head]) => [path, { head }]);
  return gate.judge(evidenceOf({ files: Object.fromEntries(heads) }), gate.options.parse(options));
}

async function messages(...given: Parameters<typeof judge>) {
  const verdict = await judge(...given);
  return verdict.kind === 'fail'
    ? verdict.findings.map(({ path, line, message }) => `${path}:${line} ${message.split('. ')[0]}`)
    : verdict.summary;
}

describe('src/gates/telemetry.ts', () => {
  test('passes what can be watched, and says what it has seen', async () => {
    const interfaces =
      '- `createOrder(input)`: makes one\n- `POST /orders/{id}/items`\n- `toTotal(items)`: pure, no span\n- table `orders`';
    expect(await judge(interfaces, { 'src/orders.ts': SCRIPT, 'app/items.py': PYTHON })).toEqual({
      kind: 'pass',
      summary:
        'Watched: 2 public interfaces, 2 added log statements; without a span by the plan: toTotal(items); not found in what was read: orders.',
    });
  });

  test.each([
    ['a call', 'export function createOrder() {\n  return withSpan("x", () => 1);\n}'],
    ['a wrapper', 'export const createOrder = traced("createOrder", async () => 1);'],
    [
      'a wrapper of a function',
      'function make() { tracer.startSpan("x"); }\nexport const createOrder = lazily(make);',
    ],
    ['a decorator', 'class A {\n  @Span()\n  createOrder() {}\n}'],
  ])('finds a span in %s', async (_, head) => {
    expect(await judge('- `Orders.createOrder(input)`', { 'src/orders.ts': head })).toMatchObject({
      kind: 'pass',
    });
  });

  test('names each interface without a span, where it is', async () => {
    const files = {
      'src/orders.ts':
        'export const other = 1;\nexport function createOrder() {\n  logger.trace({ requestId, callId });\n}\n',
      'app/items.py': PYTHON.replace('with tracer.start_as_current_span("add_item")', 'if True'),
    };
    expect(await messages('- `createOrder(input)`\n- `POST /orders/{order}/items`', files)).toEqual([
      'src/orders.ts:2 The public interface `createOrder(input)` has no span',
      'app/items.py:3 The public interface `POST /orders/{order}/items` has no span',
    ]);
  });

  test('asks for a planned function that no changed file defines, where all of them are read', async () => {
    const interfaces = '- `createOrder(input)`\n- `Orders.cancel(id)`\n- the command `orders list`';
    expect(await messages(interfaces, { 'src/orders.ts': SCRIPT })).toEqual([
      `${PATH}:6 The public interface \`Orders.cancel(id)\` is in no changed file`,
    ]);
    expect(await messages(interfaces, { 'src/orders.ts': SCRIPT, 'cancel.go': 'package x\n' })).toContain(
      'not found in what was read: Orders.cancel(id), orders list',
    );
  });

  test('knows routes by their handlers, and spans that nobody has to write', async () => {
    const route =
      "function handle() { tracer.startSpan('x'); }\napp.post('/orders/:id', check, handle);\napp.post('/other', () => 1);\n";
    expect(await messages('- `POST /orders/{id}`', { 'src/orders.ts': route })).toContain('Watched: 1');
    expect(await messages('- `POST /other`', { 'src/orders.ts': route })).toHaveLength(1);
    const automatic = { 'app/telemetry.py': 'FastAPIInstrumentor.instrument_app(app)\n' };
    expect(await messages('- `POST /other`', { 'src/orders.ts': route, ...automatic })).toContain(
      'Watched: 1',
    );
    expect(
      await messages('- `handler()`', { 'src/a.ts': 'export function handler() {}', ...automatic }),
    ).toHaveLength(1);
  });

  test('wants the ids in each statement, or from the logger', async () => {
    const bare = 'export function f() {\n  log.info({ requestId }, "in");\n}\n';
    expect(await messages('None.', { 'src/a.ts': bare })).toEqual([
      'src/a.ts:2 This log statement has no call_id',
    ]);
    expect(await messages('None.', { 'src/a.ts': bare }, { ids: ['request_id'] })).toContain('Watched');
    const bound = `const log = base.child({ requestId, callId });\n${bare.replace('{ requestId }, ', '')}`;
    expect(await messages('None.', { 'src/a.ts': bound })).toContain('Watched');
    const halves = `const log = base.child({ callId });\n${bare}`;
    expect(await messages('None.', { 'src/a.ts': halves })).toContain('Watched');
    const mixin =
      'export const log = pino({ mixin: () => ({ request_id: now().requestId, call_id: now().id }) });\n';
    expect(await messages('None.', { 'src/a.ts': bare, 'src/logger.ts': mixin })).toContain('Watched');
  });

  test('wants JSON in plain ASCII', async () => {
    const head =
      'log.info({ requestId, callId }, "done ✓");\nlog.info({ requestId, callId }, "\\u2713");\nconsole.log("x");\n';
    expect(await messages('None.', { 'src/a.ts': head, 'package.json': '{}', 'src/metrics.ts': '' })).toEqual(
      [
        expect.stringMatching(/^src\/a.ts:3 `console.log` writes no JSON/),
        expect.stringMatching(/^src\/a.ts:1 Logs are plain ASCII/),
        expect.stringMatching(/^src\/a.ts:2 Logs are plain ASCII/),
        'undefined:undefined Nothing says that log lines are JSON',
      ],
    );
    const python =
      'logger.info("done \\u2713", extra={"request_id": r, "call_id": c})\nlogger.info("d\\xe9j\\u0041", request_id=r, call_id=c)\n';
    expect(await messages('None.', { 'app/a.py': python })).toHaveLength(2);
  });

  test.each([
    ['"\\u0041 \\x41 C:\\\\users \\U00000041"', 'pass'],
    ['"\\U0001F600"', 'fail'],
    ['"\\N{CHECK MARK}"', 'fail'],
    ['"\\xe9"', 'fail'],
  ])('knows escapes of ASCII from others: %s', async (text, kind) => {
    const python = `logger.info(${text}, extra={"request_id": r, "call_id": c})\n`;
    expect(await judge('None.', { 'app/a.py': python })).toMatchObject({ kind });
  });

  test.each([
    [
      'ids',
      'src/logger.ts',
      '// request_id and call_id come later\n',
      'This log statement has no request_id and no call_id',
    ],
    [
      'ids',
      'app/logging.py',
      '"""Adds request_id and call_id."""\n',
      'This log statement has no request_id and no call_id',
    ],
    ['JSON', 'src/logger.ts', '/* like pino */\n', 'Nothing says that log lines are JSON'],
    ['JSON', 'requirements.txt', '# python-json-logger==2\n', 'Nothing says that log lines are JSON'],
    [
      'a metric',
      'src/metrics.ts',
      "// createHistogram('orders.duration')\n",
      'No metric of latency is there',
    ],
    [
      'spans of routes',
      'Dockerfile',
      '# opentelemetry-instrument\n',
      'The public interface `POST /x` has no span',
    ],
  ])('takes nothing for %s that stands in a comment of %s', async (_, path, text, fault) => {
    const files = {
      'package.json': '{}',
      'src/metrics.ts': '',
      'src/orders.ts': 'log.info("in");\napp.post("/x", () => 1);\n',
      [path]: text,
    };
    expect(await messages('- `POST /x`', files)).toContainEqual(expect.stringContaining(fault));
  });

  test('takes the end of a text in Python for no docstring', async () => {
    const setUp =
      'QUERY = """\nselect 1\n"""\nformatter = JsonFormatter()\n\ndef f():\n    """Adds request_id."""\n';
    const files = {
      'package.json': '{}',
      'app/logging.py': setUp,
      'src/a.ts': 'log.info({ callId }, "in");\n',
    };
    expect(await messages('None.', files)).toEqual(['src/a.ts:1 This log statement has no request_id']);
  });

  test('wants a metric of latency when something is watched', async () => {
    const files = { 'src/orders.ts': SCRIPT, 'src/metrics.ts': "meter.createCounter('orders');\n" };
    expect(await messages('- `createOrder(input)`', files)).toEqual([
      'undefined:undefined No metric of latency is there',
    ]);
    expect(await messages('None.', files)).toContain('Watched: 0');
  });

  test('wants a plan', async () => {
    const change = evidenceOf({ files: { 'src/a.ts': { head: 'a' } } });
    expect(await gate.judge(change, gate.options.parse({}))).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining(PATH) }],
    });
  });
});
