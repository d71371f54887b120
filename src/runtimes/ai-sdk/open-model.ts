import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { generateText } from 'ai';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { LINE_URL } from './post-to-line.ts';

/** Whose API is spoken. */
export type ProviderKind = 'anthropic' | 'openai' | 'openai-compatible';

/** What a call to a model of this provider is made with. */
export type OpenModel = Required<Pick<Parameters<typeof generateText>[0], 'model' | 'providerOptions'>> &
  Pick<Parameters<typeof generateText>[0], 'maxOutputTokens'>;

/** Anthropic wants a limit for one answer, and what it has for models that it does not know is too low for a file. */
const ANTHROPIC_ANSWER_TOKENS = 24_000;

/** A model at the other end of a line. The token is the line's own; no key of a provider comes here. */
export function openModel(
  kind: ProviderKind,
  name: string,
  through: { readonly line: Pick<ModelLine, 'token'>; readonly fetch: typeof fetch },
): OpenModel {
  const { fetch, line } = through;
  const settings = { baseURL: LINE_URL, apiKey: line.token, fetch };
  switch (kind) {
    case 'anthropic':
      return {
        model: createAnthropic(settings)(name),
        maxOutputTokens: ANTHROPIC_ANSWER_TOKENS,
        // What has been said before is not paid in full again.
        providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
      };
    case 'openai':
      return {
        model: createOpenAI(settings).responses(name),
        // The conversation is kept here; nothing of it needs to stay with the provider.
        providerOptions: { openai: { store: false } },
      };
    case 'openai-compatible':
      return {
        model: createOpenAICompatible({ ...settings, name: 'compatible' })(name),
        providerOptions: {},
      };
  }
}
