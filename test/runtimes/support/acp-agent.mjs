// An agent that speaks the protocol: what it does, its first argument says, as JSON. It asks a model as often as it is
// told, and does not look at the answers.
import { createInterface } from 'node:readline';

const plan = JSON.parse(process.argv[2] ?? '{}');
const { turns: turnTexts = [], asks = [], calls = 0, stopReason = 'end_turn' } = plan;
const answers = new Map();
let asked = 0;
let turns = 0;

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function update(given) {
  send({ method: 'session/update', params: { sessionId: 's1', update: given } });
}

function say(text) {
  // In two pieces, as models speak.
  for (const part of [text.slice(0, 5), text.slice(5)]) {
    update({
      sessionUpdate: 'agent_message_chunk',
      messageId: `m${turns}`,
      content: { type: 'text', text: part },
    });
  }
}

/** Asks whether it may, once for each tool; gives what it was answered. */
function askWhetherItMay(kind) {
  asked += 1;
  const options = [
    { optionId: 'always', kind: 'allow_always', name: 'Always' },
    { optionId: 'once', kind: 'allow_once', name: 'Once' },
    { optionId: 'no', kind: 'reject_once', name: 'No' },
  ];
  const toolCall = { toolCallId: `t${asked}`, title: kind, kind, status: 'pending' };
  send({
    id: `p${asked}`,
    method: 'session/request_permission',
    params: { sessionId: 's1', toolCall, options },
  });
  return new Promise((resolve) => answers.set(`p${asked}`, resolve));
}

async function askModel() {
  const { LINE, TOKEN, MODEL } = process.env;
  const response = await fetch(`${LINE}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Well?' }] }),
  });
  await response.text();
}

async function takeTurn() {
  const words = turnTexts[turns] ?? '';
  turns += 1;
  for (let call = 0; call < calls; call += 1) {
    await askModel();
  }
  if (plan.sleeps) {
    return new Promise(() => undefined);
  }
  const told = [];
  for (const kind of turns === 1 ? asks : []) {
    const { outcome } = await askWhetherItMay(kind);
    told.push(`${kind} ${outcome.optionId ?? outcome.outcome}`);
  }
  say(words.replace('ASKED', told.join(', ')));
  return { stopReason };
}

const methods = {
  initialize: () => ({ protocolVersion: plan.version ?? 1, agentCapabilities: {} }),
  'session/new': () => {
    process.stderr.write('A line of a log.\n');
    return { sessionId: 's1' };
  },
  'session/prompt': takeTurn,
};

async function answer(id, method, params) {
  const result = await methods[method]?.(params);
  const fault = plan.fails?.[method];
  process.stdout.write('not a message\n');
  send(fault === undefined ? { id, result } : { id, error: { code: -32_000, message: fault } });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params, result } = JSON.parse(line);
  if (method === undefined) {
    answers.get(id)?.(result);
  } else {
    // A turn goes on while its questions are answered.
    void answer(id, method, params);
  }
}
