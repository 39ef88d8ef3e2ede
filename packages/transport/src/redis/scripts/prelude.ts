import { PREFIX } from '../keys.ts';
import { UNREAD } from './unread.ts';

/**
 * The beginning of each script that works on one session. All that it needs comes as arguments, in this order:
 *
 * - KEYS: the session's hash, the counter of writes, and the sorted set of processes with the ends of their leases.
 * - ARGV: the highest count that the caller has seen, its process id, `idleMs`, `keepMs`, and what the script needs.
 *
 * A reply is an array that begins with the count of writes; it is 0 if state was lost, and nothing was done.
 *
 * The keys of a session have the same hash tag, and so the same slot of a Redis Cluster:
 *
 * - `{id}`: the hash.
 * - `{id}:in`: the inbox.
 * - `{id}:flight`: requests without an answer: stream, content, name, number in the inbox.
 * - `{id}:recent`, `{id}:older`: the names of answered POSTs.
 * - `{id}:out:N`: the events of stream N.
 * - `{id}:kept`: the streams that have ended and are kept: number, bytes, when it ended.
 * - `{id}:unread`: the streams that have ended and that their holders have not read: holder, bytes, when it ended, requests.
 * - `{id}:ended`: the reason, for a minute after the end.
 *
 * In other slots are the counter, the processes, `wake:ID`, `busy:ID` and `held:ID` of each process, the set of all sessions
 * with their clients, `clients` with the number of sessions of each, and `unused` with the sessions of Streamable HTTP that
 * were not used after their first POST. A Redis Cluster refuses scripts that use several slots: this broker is for one
 * Redis, with replicas or without.
 *
 * Fields of the hash:
 *
 * - t transport, c credential, cl client, o owner, f fence, x when the expiry was set.
 * - n last number in the inbox, ib bytes in it, k last number that the owner has taken, past what former owners had taken.
 * - s last number of a stream, b the bytes of all events but those of unread streams.
 * - w the process in whose `busy` set the session is, a the one in whose `held` set it is, left the last one that gave up
 *   stream 0, new while the session is in `unused`.
 * - mcp the revision of MCP; init and set: what the next owner has to know.
 * - since, unsure and late: for remembered POSTs.
 * - of stream N: lN last position, hN holder, uN requests without an answer, qN all its requests if there are several, bN
 *   bytes of events; d0 the last event of stream 0 that a former holder has sent.
 */
const COMMON = `
local S, counter, processes = KEYS[1], KEYS[2], KEYS[3]
local seen, me, idleMs, keepMs = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local prefix = string.sub(counter, 1, -7)
local id = string.sub(S, #prefix + 2, -2)
local call = redis.call

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lifeMs = math.floor(idleMs * 9 / 8)

local function alive(process)
    return process and process ~= '' and tonumber(call('ZSCORE', processes, process) or 0) > now
end

-- A process that was never there, or is gone for long, has no such stream.
local function wake(process, cause, stream)
    call('XADD', '${PREFIX}wake:' .. process, 'NOMKSTREAM', '*', 's', id, 'c', cause, 'n', stream or '')
end

-- Notes in the session, and in a set of the process, that the process takes care of something: when it is gone, another one
-- finds the session in the set. Without a process, none takes care of it any more.
local function assign(field, set, process)
    local former = call('HGET', S, field)
    if former == process then return end
    if former then
        call('SREM', prefix .. set .. former, id)
        call('HDEL', S, field)
    end
    if not process then return end
    call('SADD', prefix .. set .. process, id)
    call('PEXPIRE', prefix .. set .. process, keepMs)
    call('HSET', S, field, process)
end

-- Makes a process responsible for the unsettled messages.
local function watch(process)
    assign('w', 'busy:', process)
end

local function unwatch()
    assign('w', 'busy:')
end

-- Makes a process end the session if its client does not come back. Those of Streamable HTTP end by themselves.
local function attend(process)
    if call('HGET', S, 't') == 'sse' then assign('a', 'held:', process) end
end

-- Sets the expiry of all keys again, but not at each use.
local function touch(last)
    if now - tonumber(last or 0) < idleMs / 8 then return end
    call('HSET', S, 'x', now)
    for _, key in ipairs({ '', ':in', ':flight', ':recent', ':older', ':kept', ':out:0' }) do
        call('PEXPIRE', S .. key, lifeMs)
    end
end
`;

/** Counts a write. With an older copy of the data, an older count comes back, which is too low. */
const WRITE = `
local count = redis.call('INCR', KEYS[2])
if count <= tonumber(ARGV[1]) then
    if count == 1 then redis.call('DEL', KEYS[2]) end
    return { 0 }
end
`;

const READ = `
local count = tonumber(redis.call('GET', KEYS[2]) or 0)
if count < tonumber(ARGV[1]) then return { 0 } end
`;

/** Settling, for scripts that do it. `rememberMs` and `maxRemembered` have to be declared before. */
export const SETTLE = `${UNREAD}
local function rotate()
    local since = tonumber(call('HGET', S, 'since') or now)
    if call('EXISTS', S .. ':older') == 1 then
        -- POSTs that are forgotten here may be retried until the last of them would have been old enough.
        call('HSET', S, 'unsure', since + rememberMs)
        call('DEL', S .. ':older')
    end
    if call('EXISTS', S .. ':recent') == 1 then call('RENAME', S .. ':recent', S .. ':older') end
    call('HSET', S, 'since', now)
end

local function rotateOld()
    local since = call('HGET', S, 'since')
    if since and now - since >= rememberMs then rotate() end
end

local function remember(name, stream)
    if call('HLEN', S .. ':recent') * 2 >= maxRemembered then rotate() else rotateOld() end
    if call('HSET', S .. ':recent', name, stream) == 1 and call('HLEN', S .. ':recent') == 1 then
        if call('EXISTS', S .. ':older') == 0 then call('HSET', S, 'since', now) end
        call('PEXPIRE', S .. ':recent', lifeMs)
    end
end

-- Drops kept streams that ended until then, oldest first, while they and the open streams take more bytes. Returns what is left.
local function dropEnded(bytes, maxBytes, untilMs)
    while bytes > maxBytes do
        local entry = call('LINDEX', S .. ':kept', 0)
        if not entry then break end
        local stream, own, endedMs = string.match(entry, '(%d+) (%d+) (%d+)')
        if tonumber(endedMs) > untilMs then break end
        call('LPOP', S .. ':kept')
        call('DEL', S .. ':out:' .. stream)
        bytes = bytes - own
    end
    return bytes
end

-- One request of a stream's POST is settled. After the last one, the stream has ended.
local function settleStream(stream)
    if stream == '0' or call('HINCRBY', S, 'u' .. stream, -1) > 0 then return end
    local log = S .. ':out:' .. stream
    local found = call('HMGET', S, 'b' .. stream, 'h' .. stream, 'q' .. stream, 'o')
    local bytes, holder = found[1], found[2]
    call('HDEL', S, 'u' .. stream, 'l' .. stream, 'h' .. stream, 'b' .. stream, 'q' .. stream)
    if not bytes then
        -- An empty log says that the stream has ended without an event.
        call('XADD', log, '0-1', 'j', '')
        call('XDEL', log, '0-1')
    elseif holder and holder ~= found[4] and alive(holder) then
        call('HINCRBY', S, 'b', -bytes)
        call('HSET', S .. ':unread', stream, holder .. ' ' .. bytes .. ' ' .. now .. ' ' .. (found[3] or 1))
        call('PEXPIRE', S .. ':unread', lifeMs)
    else
        keep(stream, bytes, now)
    end
    call('PEXPIRE', log, rememberMs)
    -- Those that have expired no longer count.
    local all = tonumber(call('HGET', S, 'b') or 0)
    local left = dropEnded(all, -1, now - rememberMs)
    if left ~= all then call('HSET', S, 'b', left) end
end

local function settle(number)
    local found = call('XRANGE', S .. ':in', number .. '-0', number .. '-0')[1]
    if not found then return end
    local entry = found[2]
    local stream, request = entry[4], entry[6]
    call('XDEL', S .. ':in', number .. '-0')
    call('HINCRBY', S, 'ib', -#entry[2])
    if call('XLEN', S .. ':in') == 0 then
        call('DEL', S .. ':in')
        unwatch()
    end
    if request then
        local content, name = string.match(call('HGET', S .. ':flight', request) or '', '^%S+ (%S+) (%S+) ')
        call('HDEL', S .. ':flight', request)
        if name and name ~= '-' then remember(name, stream) end
        if name and name ~= '-' and name ~= content then
            -- A retry ran. The POST that it repeats may still arrive, and has no mark.
            remember('first ' .. content, stream)
            call('HSET', S, 'late', 1)
        end
        settleStream(stream)
    end
end

-- Settles a message that gets no answer, and wakes the holder of its stream, which may have ended, unless it is \`by\`.
local function settleSilently(number, by)
    local entry = call('XRANGE', S .. ':in', number .. '-0', number .. '-0')[1]
    if not entry then return end
    local stream = entry[2][4]
    local holder = call('HGET', S, 'h' .. stream)
    settle(number)
    if stream ~= '0' and holder and holder ~= by then wake(holder, 'events', stream) end
end
`;

/** A script that changes a session. @param body Lua that returns an array that begins with `count`. */
export function toWriteScript(...body: readonly string[]): string {
    return [WRITE, COMMON, ...body].join('\n');
}

/**
 * The first line of a script that Redis runs although its memory is full: it frees memory, or keeps a session or process
 * alive. What it adds is small, or limited for each session. Without this line, Redis refuses its first write.
 */
export const RUNS_IF_FULL = '#!lua flags=allow-oom\n';

/** A script that changes nothing that a loss of writes could make wrong. It is not counted. */
export function toReadScript(...body: readonly string[]): string {
    return [READ, COMMON, ...body].join('\n');
}
