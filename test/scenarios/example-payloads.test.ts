import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let webhookUrl: string;

beforeAll(async () => {
  stage = await setStage();
  webhookUrl = await (await stage.startBaton()).ready;
});
afterAll(async () => {
  await stage.stop();
});

/** Posts a body as GitHub does, with a good signature, and returns the status. */
async function post(event: string, body: string): Promise<number> {
  const digest = createHmac('sha256', stage.simulator.app.webhookSecret).update(body).digest('hex');
  const response = await fetch(webhookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${digest}`,
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

describe('scenarios/example-payloads', () => {
  it('every payload that GitHub publishes as an example leaves Baton standing', async () => {
    const statuses: number[] = [];
    for (const { name, examples: payloads } of readExamples()) {
      for (const payload of payloads) {
        statuses.push(await post(name, JSON.stringify(payload)));
      }
    }
    expect(statuses.length).toBeGreaterThan(300);
    expect([...new Set(statuses)].filter((status) => status < 200 || status > 202)).toEqual([]);
    for (const path of ['/healthz', '/readyz']) {
      expect((await fetch(new URL(path, webhookUrl))).status).toBe(200);
    }
  });
});

/** All payloads of @octokit/webhooks-examples for github.com. */
function readExamples(): { readonly name: string; readonly examples: readonly unknown[] }[] {
  const index = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  return JSON.parse(readFileSync(index, 'utf8'));
}
