import { generateKeyPairSync } from 'node:crypto';

export const PEM = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

/** The least that must be set. */
export const ENOUGH = {
  APP_ID: '12345',
  PRIVATE_KEY: PEM,
  WEBHOOK_SECRET: 'a webhook secret',
  BATON_RUNTIME: 'a-runtime',
};
