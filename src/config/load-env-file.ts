import { existsSync } from 'node:fs';

/** Takes settings from a `.env` file in the working directory too, as Probot does. The environment itself wins. */
export function loadEnvFile(file = '.env'): void {
  if (existsSync(file)) {
    process.loadEnvFile(file);
  }
}
