/** The files that Countersign is set up with, by the names that they have unless said otherwise. */
import { existsSync } from 'node:fs';

/** In the current folder, as `npm start` reads it. */
export const ENV_FILE = '.env';

/** COUNTERSIGN_CONFIG says where else the settings are. */
export const SETTINGS_FILE = 'countersign.yaml';

/** Adds what the file has; what is set already stays. */
export function readEnvFile(): void {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
}
