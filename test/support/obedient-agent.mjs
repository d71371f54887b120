// An agent that speaks the protocol and does what its model tells it: it crashes, hangs, takes all memory, has children
// that nobody can end by asking, or answers with the model's own words.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Ignores what asks it to end, and has a child of its own in another session that does as well. */
const STUBBORN = `
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
  const [, depth, marker] = process.argv;
  if (Number(depth) > 0) {
    require('node:child_process').spawn(process.execPath, ['-e', SOURCE, String(depth - 1), marker], { detached: true });
  }
  setInterval(() => undefined, 1e6);`;

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function say(text) {
  const update = {
    sessionUpdate: 'agent_message_chunk',
    messageId: 'm1',
    content: { type: 'text', text },
  };
  send({ method: 'session/update', params: { sessionId: 's1', update } });
}

async function askModel(words) {
  const { LINE, TOKEN, MODEL } = process.env;
  const response = await fetch(`${LINE}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: words }] }),
  });
  return (await response.json()).choices[0].message.content;
}

const DEEDS = {
  crash() {
    process.stderr.write('Segmentation fault (core dumped)\n');
    process.exit(139);
  },
  hang: () => new Promise(() => undefined),
  memory() {
    const taken = [];
    setInterval(() => taken.push(Buffer.alloc(32 * 1024 ** 2, 1)), 10);
    return new Promise(() => undefined);
  },
  fork(marker) {
    const source = STUBBORN.replace('SOURCE', () => 'process.execArgv.at(-1)');
    spawn(process.execPath, ['-e', source, '3', marker], { detached: true, stdio: 'ignore' });
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.on(signal, () => undefined);
    }
    return new Promise(() => undefined);
  },
};

async function takeTurn({ prompt }) {
  const told = await askModel(prompt.map(({ text }) => text).join('\n'));
  const [deed, ...words] = told.split(' ');
  if (deed in DEEDS) {
    say(`Now I ${deed}.`);
    await DEEDS[deed](...words);
  }
  say(told);
  return { stopReason: 'end_turn' };
}

const methods = {
  initialize: () => ({ protocolVersion: 1, agentCapabilities: {} }),
  'session/new': () => ({ sessionId: 's1' }),
  'session/prompt': takeTurn,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method in methods) {
    void Promise.resolve(methods[method](params)).then((result) => send({ id, result }));
  }
}
