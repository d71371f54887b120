import { z } from 'zod';
import type { OfferedModel } from '../domain/offer.ts';
import { MODEL_NAME, RUNTIME_NAME } from '../domain/role.ts';
import { splitList } from './split-list.ts';

/** `ai-sdk`, or several as `claude,ai-sdk`. */
export const runtimesSchema = z
  .string()
  .transform(splitList)
  .pipe(
    z
      .array(z.string().regex(RUNTIME_NAME, 'must be names of runtimes, joined by commas'))
      .min(1, 'must be the name of a runtime')
      .max(10, 'names too many runtimes'),
  );

/** `claude-opus-5-5`, or several, also for one runtime alone: `claude-opus-5-5,codex=gpt-5.3-codex`. */
export const modelsSchema = z
  .string()
  .transform(splitList)
  .pipe(
    z
      .array(z.string().transform(toModel))
      .min(1, 'must be the name of a model')
      .max(20, 'names too many models'),
  );

function toModel(text: string, context: z.RefinementCtx): OfferedModel {
  const [first = '', second] = text.split('=', 2);
  const [runtime, model] = second === undefined ? [null, first] : [first, second];
  if (!MODEL_NAME.test(model) || (runtime !== null && !RUNTIME_NAME.test(runtime))) {
    context.addIssue({
      code: 'custom',
      message:
        'must be names of models without white space, joined by commas, each alone or as runtime=model',
    });
  }
  return { model, runtime };
}

/** The providers that a runtime can have for itself: those whose address is known. */
const OWN_PROVIDERS = ['anthropic', 'openai', 'bedrock', 'vertex'] as const;

/** `codex=openai`, or several joined by commas. */
export const runtimeProvidersSchema = z
  .string()
  .transform(splitList)
  .pipe(z.array(z.string().transform(toRuntimeProvider)).max(10, 'names too many runtimes'));

function toRuntimeProvider(text: string, context: z.RefinementCtx) {
  const [runtime = '', named] = text.split('=', 2);
  const provider = OWN_PROVIDERS.find((one) => one === named);
  if (!RUNTIME_NAME.test(runtime) || provider === undefined) {
    const message = `must be runtime=provider, joined by commas; the provider is one of ${OWN_PROVIDERS.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return { runtime, provider };
}
