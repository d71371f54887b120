import { z } from 'zod';
import { type DeliverySettings, deliverySettingsSchema } from './delivery-settings.ts';

/** What the keys of the section `orchestrator` are called in the section `delivery`. */
const NAMES = {
  max_retries: 'maxRetries',
  latency_target_ms: 'latencyTargetMs',
  security_block_on_critical: 'securityBlockOnCritical',
  rollback_on_test_failure: 'rollbackOnTestFailure',
  require_integration_tests: 'requireIntegrationTests',
  coverage_threshold: 'coverageThreshold',
} as const;

const { shape } = deliverySettingsSchema;

/** The section as `.claude/pipeline.yaml` has it, which may be copied to `.github/baton.yml` as it is. */
export const orchestratorSettingsSchema = z.strictObject({
  max_retries: shape.maxRetries,
  latency_target_ms: shape.latencyTargetMs,
  security_block_on_critical: shape.securityBlockOnCritical,
  rollback_on_test_failure: shape.rollbackOnTestFailure,
  require_integration_tests: shape.requireIntegrationTests,
  coverage_threshold: shape.coverageThreshold,
});

/** The same in the words of the section `delivery`. */
export function toDeliverySettings(
  orchestrator: z.infer<typeof orchestratorSettingsSchema>,
): DeliverySettings {
  const set = Object.entries(NAMES).flatMap(([key, name]) => {
    const value: unknown = Reflect.get(orchestrator, key);
    return value === undefined ? [] : [[name, value] as const];
  });
  return deliverySettingsSchema.parse(Object.fromEntries(set));
}
