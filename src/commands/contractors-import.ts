import { importProvisioning } from './provisioning-import.ts';

await importProvisioning('contractors');
