import type { Signals } from '../signal.ts';

/** Services of other people. */
const SERVICE =
  'stripe|paypal|adyen|klarna|slack|discord|salesforce|hubspot|shopify|dhl|google|microsoft|github|gitlab|jira|' +
  'zendesk|intercom|zapier|twilio|sendgrid|mailchimp|mailgun|sap|datev|okta|auth0|airtable|asana|trello|' +
  'algolia|openai|anthropic|cloudinary|xero|quickbooks|lexoffice|lexware|personio|fedex|outlook|dropbox|' +
  'sharepoint|confluence|claude|telegram|whatsapp|moodle|strava|plaid|braintree|mollie|keycloak|ldap';

/** Phrases that speak for a service of somebody else. */
export const INTEGRATION: Signals = {
  clear: [
    'mcp server|client|tool|integration',
    'model context protocol',
    `integrate|integrating|connect|connecting|anbinden * ${SERVICE}`,
    `integration|connection|connector|anbindung|schnittstelle with|to|for|mit|zu|an * ${SERVICE}`,
    `${SERVICE} integration|connector|anbindung|schnittstelle|bot|app`,
    `sign|log in with ${SERVICE}|sso|saml`,
    `login with|mit|via ${SERVICE}|sso|saml`,
    `sync|synchronise|synchronize|import|export|send|push|post|fetch|upload * with|to|from|into|an|aus|nach ${SERVICE}`,
    `${SERVICE} as|als * provider|gateway|method|option|login`,
    'via|over|through mcp',
    `webhook from|of ${SERVICE}`,
    'third party|parties api|service|webhook|provider|integration',
    'anbindung',
    'schnittstelle zu|mit|an',
    `replace * by|with ${SERVICE}`,
  ],
  likely: [
    'integrate|integration',
    'connector',
    'external service|api|provider|system|identity',
    'identity provider',
    `${SERVICE} api|webhook|account|sdk`,
    'webhook from',
    'third party',
    'sandbox|api account',
    'mcp',
    'second|another|new payment|mail|identity|shipping|sms provider',
    'oauth|saml|sso|oidc',
    'synchronise|synchronised|synchronize|synchronized',
    `support|add ${SERVICE}`,
    'payment|shipping method|provider|gateway',
  ],
  hint: [SERVICE, 'api', 'webhook', 'sandbox', 'sdk', 'connect', 'crm|erp'],
};
