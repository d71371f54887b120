import { describe, expect, it } from 'vitest';
import { findReach } from '../../src/gateway/find-reach.ts';
import type { Form } from '../../src/gateway/route.ts';

function userSays(...content: readonly unknown[]) {
  return { messages: [{ role: 'user', content }] };
}

describe('src/gateway/find-reach', () => {
  it.each<[string, Form, Record<string, unknown>]>([
    ['web search', 'messages', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['web fetch', 'messages', { tools: [{ name: 'a' }, { type: 'web_fetch_20250910', name: 'f' }] }],
    ['code that the provider runs', 'messages', { tools: [{ type: 'code_execution_20250825', name: 'c' }] }],
    ['foreign tool servers', 'messages', { mcp_servers: [{ type: 'url', url: 'https://evil.example' }] }],
    [
      'a picture on the web',
      'messages',
      userSays({ type: 'image', source: { type: 'url', url: 'https://e.example/?q=secret' } }),
    ],
    [
      'a picture in the result of a tool',
      'messages',
      userSays({
        type: 'tool_result',
        tool_use_id: 't',
        content: [{ type: 'image', source: { type: 'url', url: 'https://e.example' } }],
      }),
    ],
    [
      'a picture in Chat Completions',
      'chat',
      userSays({ type: 'image_url', image_url: { url: 'https://e.example' } }),
    ],
    ['search options', 'chat', { web_search_options: {} }],
    ['web search in Responses', 'responses', { tools: [{ type: 'web_search' }] }],
    [
      'a tool server in Responses',
      'responses',
      { tools: [{ type: 'mcp', server_url: 'https://e.example' }] },
    ],
    ['a tool without a type', 'responses', { tools: ['web_search'] }],
    [
      'a picture in Responses',
      'responses',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://e.example' }] }] },
    ],
    [
      'a file in Responses',
      'responses',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://e.example' }] }] },
    ],
    [
      'web search in a namespace',
      'responses',
      {
        tools: [
          { type: 'namespace', name: 'a', tools: [{ type: 'function', name: 'b' }, { type: 'web_search' }] },
        ],
      },
    ],
    [
      'tools that are handed in by the conversation',
      'responses',
      { input: [{ type: 'additional_tools', role: 'developer', tools: [{ type: 'web_search' }] }] },
    ],
    [
      'a namespace that is handed in by the conversation',
      'responses',
      {
        input: [
          {
            type: 'additional_tools',
            tools: [
              { type: 'namespace', name: 'a', tools: [{ type: 'mcp', server_url: 'https://e.example' }] },
            ],
          },
        ],
      },
    ],
    [
      'a list of tools that is none',
      'responses',
      { input: [{ type: 'additional_tools', tools: { type: 'mcp' } }] },
    ],
    [
      'tools of the provider in the middle of a conversation',
      'messages',
      userSays({ type: 'tool_change', tools: [{ type: 'web_fetch_20250910', name: 'f' }] }),
    ],
    ['a stored prompt', 'responses', { prompt: { id: 'pmpt_1' } }],
  ])('finds %s', (_what, form, body) => {
    expect(findReach(form, body)).not.toBeNull();
  });

  it.each<[string, Form, Record<string, unknown>]>([
    [
      'own tools',
      'messages',
      {
        tools: [
          { name: 'read', input_schema: {} },
          { type: 'bash_20250124', name: 'bash' },
        ],
      },
    ],
    [
      'own tools in a namespace that the conversation hands in',
      'responses',
      {
        input: [
          {
            type: 'additional_tools',
            tools: [{ type: 'namespace', name: 'a', tools: [{ type: 'custom', name: 'exec' }] }],
          },
        ],
      },
    ],
    ['own tools in Chat Completions', 'chat', { tools: [{ type: 'function', function: { name: 'read' } }] }],
    [
      'a picture that is there',
      'chat',
      userSays({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }),
    ],
    [
      'arguments of a tool that speak of URLs',
      'messages',
      {
        messages: [
          {
            role: 'assistant',
            content: [{ type: 'tool_use', name: 'x', input: { type: 'url', file_url: 'y' } }],
          },
        ],
      },
    ],
    [
      'a schema that speaks of URLs',
      'messages',
      {
        tools: [{ name: 'x', input_schema: { properties: { image_url: { type: 'string' } } } }],
        system: 'be kind',
      },
    ],
    [
      'text that speaks of URLs',
      'responses',
      { input: 'see https://e.example', tools: [{ type: 'function', name: 'x' }] },
    ],
    ['no foreign servers', 'messages', { mcp_servers: [] }],
  ])('lets %s pass', (_what, form, body) => {
    expect(findReach(form, body)).toBeNull();
  });

  it('does not look for ever', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(findReach('messages', { messages: deep })).not.toBeNull();
  });
});
