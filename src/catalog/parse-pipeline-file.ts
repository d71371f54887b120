import { z } from 'zod';
import type { DeliverySettings } from '../domain/delivery-settings.ts';
import { orchestratorSettingsSchema, toDeliverySettings } from '../domain/orchestrator-settings.ts';
import type { CatalogFault } from './fault.ts';
import type { DataFile } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';
import { toSchemaFaults } from './to-schema-faults.ts';

const pipelineSchema = z.strictObject({ orchestrator: orchestratorSettingsSchema.prefault({}) });

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
    return {
      delivery: {},
      faults: toSchemaFaults(read, { schema: pipelineSchema, issues: checked.error.issues }),
    };
  }
  return { delivery: toDeliverySettings(checked.data.orchestrator), faults: [] };
}
