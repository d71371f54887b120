import { z } from 'zod';
import { type DeliverySettings, deliverySettingsSchema } from '../domain/delivery-settings.ts';
import type { CatalogFault } from './fault.ts';
import type { DataFile } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';
import { toSchemaFaults } from './to-schema-faults.ts';

/** Keys of `.claude/pipeline.yaml`, and what they are called in `.github/baton.yml`. */
const NAMES = {
  max_retries: 'maxRetries',
  latency_target_ms: 'latencyTargetMs',
  security_block_on_critical: 'securityBlockOnCritical',
  rollback_on_test_failure: 'rollbackOnTestFailure',
  require_integration_tests: 'requireIntegrationTests',
  coverage_threshold: 'coverageThreshold',
} as const;

const { shape } = deliverySettingsSchema;
const pipelineSchema = z.strictObject({
  orchestrator: z
    .strictObject({
      max_retries: shape.maxRetries,
      latency_target_ms: shape.latencyTargetMs,
      security_block_on_critical: shape.securityBlockOnCritical,
      rollback_on_test_failure: shape.rollbackOnTestFailure,
      require_integration_tests: shape.requireIntegrationTests,
      coverage_threshold: shape.coverageThreshold,
    })
    .prefault({}),
});

/** What `.claude/pipeline.yaml` sets for the delivery pipeline, in the words of `.github/baton.yml`. */
export function parsePipelineFile(file: DataFile | null): {
  readonly delivery: DeliverySettings;
  readonly faults: readonly CatalogFault[];
} {
  const read = file === null ? null : readYaml(file.path, file.text);
  if (read === null) {
    return { delivery: {}, faults: [] };
  }
  if (!('locate' in read)) {
    return { delivery: {}, faults: read };
  }
  const checked = pipelineSchema.safeParse(read.value ?? {});
  if (!checked.success) {
    return { delivery: {}, faults: toSchemaFaults(read, checked.error.issues) };
  }
  const { orchestrator } = checked.data;
  const set = Object.entries(NAMES).flatMap(([key, name]) => {
    const value: unknown = Reflect.get(orchestrator, key);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { delivery: deliverySettingsSchema.parse(Object.fromEntries(set)), faults: [] };
}
