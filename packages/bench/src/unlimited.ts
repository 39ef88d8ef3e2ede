/**
 * The app with all its checks at work, but rates and sessions allowed that one load driver on one address needs;
 * a check costs the same whether it allows ten or a million.
 */
export const unlimited: Record<string, string> = { RATE_LIMIT: '100000000/minute', MAX_SESSIONS: '100000' };
