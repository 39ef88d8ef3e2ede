/** The app with all its checks at work, but as many sessions allowed as the driver opens; the check costs the same. */
export const unlimited: Record<string, string> = { MAX_SESSIONS: '100000' };
