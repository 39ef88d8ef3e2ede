import { sdk } from './03-sdk.ts';
import { secondClient } from './04-second-client.ts';

/** The same with a framework: a framework keeps the promises of lessons 03 and 04, or its clients meet its faults. */
export const framework = [...sdk, ...secondClient];
