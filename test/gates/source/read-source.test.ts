import { describe, expect, test } from 'vitest';
import { readPython } from '../../../src/gates/source/read-python.ts';
import { readScript } from '../../../src/gates/source/read-script.ts';
import type { SourceFacts } from '../../../src/gates/source/source-facts.ts';

const SCRIPT = `import { log } from './log.ts';
export const createOrder = traced(async ({ body }: Request) => {
  log.child({ requestId }).info({ mail: user?.email as string, note }, \`a \${user['phone']} b\`);
  const { TOKEN, ...rest } = process.env;
  return new Map<string, Email>();
});
class Orders {
  @Span()
  async list() {}
}
app.post('/orders', { handle() {} }, createOrder);
`;

const PYTHON = `from app.log import logger

@app.post("/orders", status_code=201)
async def create_order(order: Order, note="x") -> Order:
    logger.bind(request_id=rid).info(f"a {user.email!r} b", extra={"mail": user["phone"], **more})
    token = os.environ["TOKEN"]

class Orders(Base):
    @traced
    def list(self): return self.client.get("a" "é")
`;

function shown({ calls, definitions, names, keys, texts }: SourceFacts) {
  return {
    calls: calls.map(({ callee, line, endLine }) => `${line}-${endLine} ${callee}`),
    definitions: definitions.map(({ text, line, endLine }) => `${line}-${endLine} ${text}`),
    names: names.map(({ text }) => text),
    keys: keys.map(({ text }) => text),
    texts: texts.map(({ text }) => text),
  };
}

describe('src/gates/source', () => {
  test('reads what a script calls, defines, names and says', async () => {
    const facts = await readScript('a.ts', SCRIPT);
    expect(facts === null ? null : shown(facts)).toEqual({
      calls: ['2-6 traced', '3-3 log.child().info', '3-3 log.child', '5-5 Map', '8-8 Span', '11-11 app.post'],
      definitions: ['2-6 createOrder', '7-10 Orders', '8-9 list', '11-11 handle'],
      names: [
        'requestId',
        'user.email',
        'note',
        'user.phone',
        'process.env.TOKEN',
        'process.env',
        'createOrder',
      ],
      keys: ['requestId', 'mail', 'note', 'handle'],
      texts: ['a {} b', 'phone', '/orders'],
    });
  });

  test('reads the same of Python', async () => {
    const facts = await readPython(PYTHON);
    expect(facts === null ? null : shown(facts)).toEqual({
      calls: [
        '3-3 app.post',
        '5-5 logger.bind().info',
        '5-5 logger.bind',
        '9-9 traced',
        '10-10 self.client.get',
      ],
      definitions: ['3-6 create_order', '6-6 token', '8-10 Orders', '9-10 list'],
      names: ['rid', 'user.email', 'user.phone', 'more', 'token', 'os.environ.TOKEN', 'Base'],
      keys: ['status_code', 'request_id', 'extra', 'mail'],
      texts: ['/orders', 'x', 'f"a {} b"', 'phone', 'TOKEN', 'a', 'é'],
    });
  });

  test('says so when a script cannot be parsed', async () => {
    expect(await readScript('a.ts', 'const = 1')).toBeNull();
  });

  test('is not overrun by depth', async () => {
    const deep = 400;
    expect(await readScript('a.ts', `x${'()'.repeat(deep)}; y${'.z'.repeat(deep)};`)).not.toBeNull();
    const brackets = await readPython(`x = ${'('.repeat(deep)}1${')'.repeat(deep)}`);
    expect(brackets?.definitions).toHaveLength(1);
    for (const opening of ['(', 'f(', "f'{", 'if a:\n']) {
      expect([opening, await readPython(`x = ${opening.repeat(60_000)}`)]).toEqual([opening, null]);
    }
  });
});
