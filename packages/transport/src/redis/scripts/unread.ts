import { ANSWER_READ_MS } from '../../broker/limits.ts';

/**
 * Streams that have ended and that their holders, which are other processes than the owner, have not read to the end. They
 * are in `{id}:unread` (holder, bytes, when it ended, requests). Then they are in `{id}:kept` as all others that have ended.
 */
export const UNREAD = `
local function keep(stream, bytes, endedMs)
    if call('RPUSH', S .. ':kept', stream .. ' ' .. bytes .. ' ' .. endedMs) == 1 then
        call('PEXPIRE', S .. ':kept', lifeMs)
    end
end

local function noteRead(stream, value)
    local _, bytes, endedMs = string.match(value, '^(%S+) (%d+) (%d+)')
    call('HDEL', S .. ':unread', stream)
    call('HINCRBY', S, 'b', bytes)
    keep(stream, bytes, endedMs)
end

-- This process needs a stream no more.
local function noteReadByMe(stream)
    local value = call('HGET', S .. ':unread', stream)
    if value and string.match(value, '^%S+') == me then noteRead(stream, value) end
end

-- Returns how many requests have answers that are not read. Forgets streams whose holders are gone, or had time enough.
local function countUnread()
    local sum, all = 0, call('HGETALL', S .. ':unread')
    for i = 1, #all, 2 do
        local holder, endedMs, requests = string.match(all[i + 1], '^(%S+) %d+ (%d+) (%d+)$')
        if alive(holder) and now - endedMs < ${ANSWER_READ_MS} then
            sum = sum + requests
        else
            noteRead(all[i], all[i + 1])
        end
    end
    return sum
end
`;
