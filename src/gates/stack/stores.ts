import type { StackRules } from '../../domain/stack-rules.ts';

/** The packages by which programs reach a secret store. */
export const STORES: Readonly<Record<NonNullable<StackRules['secretStore']>, readonly string[]>> = {
  'azure-key-vault': [
    'azure-keyvault-secrets',
    '@azure/keyvault-secrets',
    'github.com/azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets',
  ],
  'aws-secrets-manager': [
    'boto3',
    'aws-secretsmanager-caching',
    '@aws-sdk/client-secrets-manager',
    'github.com/aws/aws-sdk-go-v2/service/secretsmanager',
  ],
  'google-secret-manager': [
    'google-cloud-secret-manager',
    '@google-cloud/secret-manager',
    'cloud.google.com/go/secretmanager',
  ],
  'hashicorp-vault': ['hvac', 'node-vault', 'github.com/hashicorp/vault/api'],
};
