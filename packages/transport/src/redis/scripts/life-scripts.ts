import { PREFIX } from '../keys.ts';
import { RUNS_IF_FULL, toWriteScript } from './prelude.ts';

/** How a session begins and ends: counts the sessions of each client, and keeps an order of those that were not used. */
const PLACES = `
local sessions, clients, unused = prefix .. 'sessions', prefix .. 'clients', prefix .. 'unused'

local function countOf(client)
    return tonumber(call('HGET', clients, client) or 0)
end

local function leavePlace(client)
    call('ZREM', sessions, id .. ' ' .. client)
    call('ZREM', unused, id)
    if call('HINCRBY', clients, client, -1) <= 0 then call('HDEL', clients, client) end
end

-- Ends the session. If \`ifUnheld\`, not if a living process holds a stream of it. The process \`by\` is not woken. Streams of
-- answered POSTs expire by themselves.
local function endSession(reason, ifUnheld, by, ifLast)
    local fields = call('HGETALL', S)
    if #fields == 0 then return 'unknown' end
    local woken = { [by] = true, [''] = true }
    local processes, logs, value = {}, {}, {}
    for i = 1, #fields, 2 do
        local kind, stream = string.match(fields[i], '^([hl])(%d+)$')
        if kind == 'h' and ifUnheld and alive(fields[i + 1]) then
            -- Another process may have taken this over while the holder was late.
            if stream == '0' then attend(fields[i + 1]) end
            return 'held'
        end
        if kind == 'h' or fields[i] == 'o' then table.insert(processes, fields[i + 1]) end
        if kind == 'l' then table.insert(logs, stream) end
        value[fields[i]] = fields[i + 1]
    end
    if ifLast and value.left ~= by then return 'held' end
    unwatch()
    assign('a', 'held:')
    for _, process in ipairs(processes) do
        if not woken[process] then wake(process, 'ended') end
        woken[process] = true
    end
    for _, stream in ipairs(logs) do call('DEL', S .. ':out:' .. stream) end
    call('DEL', S, S .. ':in', S .. ':flight', S .. ':recent', S .. ':older', S .. ':kept', S .. ':unread')
    leavePlace(value.cl or '')
    call('SET', S .. ':ended', value.c .. ' ' .. reason, 'PX', 60000)
    return 'ended'
end
`;

/**
 * ARGV: transport, credential, `maxSessions`, whether this process holds stream 0, client.
 *
 * The sessions are only looked through when all places are taken. Then a session that was not used after its first POST is
 * evicted, the oldest one of the same client or of one with more sessions; and a client with few sessions may take one of a
 * tenth more places.
 */
export const OPEN = toWriteScript(
    PLACES,
    `
local known = call('HMGET', S, 'o', 'f')
if known[2] then
    if known[1] == me and known[2] == '1' then return { count, 'opened' } end
    return redis.error_reply('another process has a session with this id')
end
local max, client = tonumber(ARGV[7]), ARGV[9]
local own, ownId = S, id
if call('ZCARD', sessions) >= max then
    -- Sessions that were used have a later expiry than is noted here.
    for _, member in ipairs(call('ZRANGEBYSCORE', sessions, '-inf', now, 'LIMIT', 0, 100)) do
        local other, name = string.match(member, '^(%S+) (.*)$')
        S, id = prefix .. '{' .. other .. '}', other
        local left = call('PTTL', S)
        if left < 0 then leavePlace(name) else call('ZADD', sessions, now + left, member) end
    end
end
if call('ZCARD', sessions) >= max then
    for _, other in ipairs(call('ZRANGE', unused, 0, 9)) do
        S, id = prefix .. '{' .. other .. '}', other
        local name = call('HGET', S, 'cl')
        if not name then
            call('ZREM', unused, other)
        elseif (name == client or countOf(name) > countOf(client)) and call('XLEN', S .. ':in') == 0 then
            if endSession('evicted', true, '') == 'ended' then break end
        end
    end
end
S, id = own, ownId
local taken = call('ZCARD', sessions)
local mayTakeMore = countOf(client) < math.ceil(max / 100) and taken < max + math.ceil(max / 10)
if taken >= max and not mayTakeMore then return { count, 'too-many-sessions' } end

call('HSET', S, 't', ARGV[5], 'c', ARGV[6], 'cl', client, 'o', me, 'f', 1, 'n', 0, 'k', 0, 's', 0, 'x', now)
if ARGV[8] == '1' then
    call('HSET', S, 'h0', me)
    attend(me)
end
call('PEXPIRE', S, lifeMs)
call('ZADD', sessions, now + lifeMs, id .. ' ' .. client)
call('HINCRBY', clients, client, 1)
if ARGV[5] == 'streamable-http' then
    call('HSET', S, 'new', 1)
    call('ZADD', unused, now, id)
end
for _, key in ipairs({ sessions, clients, unused, counter, '${PREFIX}epoch' }) do call('PEXPIRE', key, keepMs) end
return { count, 'opened' }
`
);

/**
 * ARGV: reason, whether only if no living process holds a stream of the session, whether only if this process was the last
 * to give up stream 0.
 */
export const END =
    RUNS_IF_FULL +
    toWriteScript(
        PLACES,
        `
return { count, endSession(ARGV[5], ARGV[6] == '1', me, ARGV[7] == '1') }
`
    );
