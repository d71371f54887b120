import { z } from 'zod';
import { toSecret } from '../secret.ts';
import { defineSetting } from '../setting.ts';

/** Where Prometheus finds the metrics. */
export const metricsSettings = {
  BATON_METRICS_PORT: defineSetting({
    description:
      'Port of the metrics, at `/metrics`; 0 takes a free one. Without it nothing listens. See ' +
      '[the guide](../guides/metrics.md).',
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
      .optional(),
    remedy: 'Leave it out, or use a port of its own, such as 9464.',
  }),
  BATON_METRICS_HOST: defineSetting({
    description:
      'Address that `BATON_METRICS_PORT` is opened on. Any other than that of this machine needs a token.',
    schema: z.string().regex(/^[\w.:-]+$/, 'must be an IP address or a host name'),
    default: '127.0.0.1',
    remedy: 'Leave it out when Prometheus runs on this machine.',
  }),
  BATON_METRICS_TOKEN: defineSetting({
    description: 'What Prometheus sends as bearer token to `BATON_METRICS_PORT`.',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{32,500}$/, 'must be 32 to 500 characters without white space')
      .transform(toSecret)
      .optional(),
    remedy: 'Make one with `openssl rand -hex 32`.',
    secret: true,
  }),
};
